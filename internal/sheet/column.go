package sheet

// maxColumns is the number of columns that a worksheet can have.
const maxColumns = 16384

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

// columnOf reads the column of a cell's reference, such as AB of AB12: its number from 1 (0 if there is none) and how
// many letters it has.
func columnOf(ref []byte) (n, length int) {
	for _, c := range ref {
		if c |= 0x20; c < 'a' || c > 'z' {
			break
		}
		n = n*26 + int(c-'a') + 1
		length++
		if n > maxColumns {
			return 0, length
		}
	}
	return n, length
}
