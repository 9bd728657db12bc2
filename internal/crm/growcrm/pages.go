package growcrm

import "crmferry/internal/crm"

// numbered is an answer that is a page of C.
type numbered[C any] interface {
	// page is page n of the list; false if the answer is no list.
	page(n int) (crm.NumberedPage[C], bool)
}

// readPage is page n of a list, each item read by read; false if the answer is no list.
func readPage[W, C any](p *pageOf[W], n int, read func(*W) C) (crm.NumberedPage[C], bool) {
	page := crm.NumberedPage[C]{Items: make([]C, len(p.Data)), Total: p.total(), Last: p.lastAfter(n)}
	for i := range p.Data {
		page.Items[i] = read(&p.Data[i])
	}
	return page, p.Data != nil
}

// noList is the error of an answer without data: an empty list would mean that nobody is there.
func noList(op string, meta crm.Meta) error {
	return &crm.Error{Op: op, Class: crm.WrongServer, Code: crm.CodeServer, Meta: meta,
		Message: "the answer is not a list of Grow CRM: it has no data"}
}

// lastAfter is the number of the last page, as known from page n.
func (p pageOf[T]) lastAfter(n int) int {
	switch last := p.lastPage(); {
	case last > 0:
		return last
	case p.total() >= 0:
		return max((p.total()+pageSize-1)/pageSize, 1)
	case p.last(n):
		return n
	}
	return n + 1
}
