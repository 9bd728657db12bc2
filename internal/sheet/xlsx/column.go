package xlsx

import "crmferry/internal/cell"

// columnOf reads the column of a cell's reference, such as AB of AB12: its number from 1 (0 if there is none) and how
// many letters it has.
func columnOf(ref []byte) (n, length int) {
	for _, c := range ref {
		if c |= 0x20; c < 'a' || c > 'z' {
			break
		}
		n = n*26 + int(c-'a') + 1
		length++
		if n > cell.MaxColumns {
			return 0, length
		}
	}
	return n, length
}
