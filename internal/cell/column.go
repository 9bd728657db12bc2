package cell

import "strings"

// What a worksheet holds at most (Excel specifications and limits).
const (
	MaxRows    = 1048576
	MaxColumns = 16384
	MaxUnits   = 32767 // UTF-16 units in a cell
)

// CutMark ends a text that was too long for a worksheet's cell: what stands before it is not the whole text. What writes it and what
// refuses it have to agree.
const CutMark = " [cut: too long for a cell]"

// ColumnLetter is the name of the column with index i, from 0: A, B ... Z, AA. It is "" for a negative index.
func ColumnLetter(i int) string {
	var b [16]byte
	n := len(b)
	for i++; i > 0; i = (i - 1) / 26 {
		n--
		b[n] = byte('A' + (i-1)%26)
	}
	return string(b[n:])
}

// ColumnIndex is the inverse of ColumnLetter, without case; ok is false for what is not a column of a worksheet.
func ColumnIndex(letters string) (index int, ok bool) {
	for _, r := range strings.ToUpper(letters) {
		if r < 'A' || r > 'Z' {
			return 0, false
		}
		if index = index*26 + int(r-'A') + 1; index > MaxColumns {
			return 0, false
		}
	}
	return index - 1, index > 0
}
