package survey

import "slices"

// A row whose text is too long for one record stands for several, its parts. Where the rows are kept each part is kept like a
// row of its own, so that it is looked up, sent and taken down by itself; reports make one of them again (see outcome.Joiner).

// inParts calls do for each part of a row in its order: for most rows that is the row itself.
func (f *File[C]) inParts(says *Row[C], do func(part *Row[C])) {
	more := says.More
	if says.More = nil; len(more) == 0 || f.o.Keep == "" || !says.isValid() {
		do(says)
		return
	}
	says.Part, says.Parts = 1, len(more)+1
	do(says)
	for i, contact := range more {
		part := *says
		part.Contact, part.Part, part.Remarks = contact, i+2, nil
		part.Fields, part.Links, part.Claims = slices.Clone(says.Fields), slices.Clone(says.Links), slices.Clone(says.Claims)
		part.Keys = f.Table.MatchKeys(&part.Contact)
		do(&part)
	}
}

// Records is how many records the rows stand for: each but those in parts stands for one.
func (s *Survey) Records() int { return s.Rows + s.Further }
