package growcrm

import "crmferry/internal/crm"

// numbered is an answer that is a page of C.
type numbered[C any] interface {
	crm.Shape
	// page is page n of the list.
	page(n int) crm.NumberedPage[C]
}

// readPage is page n of a list, each item read by read.
func readPage[W record, C any](p *pageOf[W], n int, read func(*W) C) crm.NumberedPage[C] {
	page := crm.NumberedPage[C]{Items: make([]C, len(p.Data)), Total: p.total(), Last: p.lastAfter(n)}
	for i := range p.Data {
		page.Items[i] = read(&p.Data[i])
	}
	return page
}

// contactsPage is a page of contacts.
type contactsPage struct{ pageOf[contactJSON] }

func (p *contactsPage) page(n int) crm.NumberedPage[Contact] {
	return readPage(&p.pageOf, n, (*contactJSON).contact)
}

// What makes no list of an answer.
const (
	noData   = "the answer is not a list of Grow CRM: it has no data"
	noItemID = "the answer is not a list of Grow CRM: some of what it holds has no id"
)

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
