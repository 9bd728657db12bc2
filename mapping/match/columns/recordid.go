package columns

import "crmferry/mapping/headers"

// RecordIDs is the column whose header is the surest for the ids of records in another program, among those that may be; -1 for none.
func RecordIDs(all []Column, may func(i int) bool) int {
	best, at := 0, -1
	for i, c := range all {
		if rank := headers.RecordID(c.Header); rank > 0 && (best == 0 || rank < best) && may(i) {
			best, at = rank, i
		}
	}
	return at
}
