package cell

// A spreadsheet program computes what starts with = + - or @, and one that trims computes it behind a tab or line end
// too, so that a contact's name could run a command on the computer of whoever opens the file (OWASP: CSV injection).
// A ' in front makes it text. Cells that start so by themselves ('=x) get one more, so that taking one off again
// restores every cell; what needs none ('t Hart) is neither given one nor robbed of it.

// Guarded reports whether a cell is one that guarding wrote: some ' and then a character that starts a formula. Reading
// takes one ' off.
func Guarded(s string) bool { return s != "" && s[0] == '\'' && startsFormula(s) }

// NeedsGuard reports whether a cell must be guarded: it starts a formula, be it behind some ', and is no number or phone.
func NeedsGuard(s string) bool {
	return startsFormula(s) && !isNumberOrPhone(s)
}

// startsFormula reports whether a character that starts a formula comes first, or first after some '.
func startsFormula(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case '\'':
		case '=', '+', '-', '@', '\t', '\r', '\n':
			return true
		default:
			return false
		}
	}
	return false
}

// isNumberOrPhone reports whether a text that starts with a sign goes on with digits, and holds nothing that could be a
// function, a reference or a command: -12.50, +31612345678, +1 (512) 555-0101.
func isNumberOrPhone(s string) bool {
	if s[0] != '+' && s[0] != '-' {
		return false
	}
	digits := 0
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '.' || c == ',':
		case s[0] == '+' && (c == ' ' || c == '-' || c == '(' || c == ')' || c == '/'):
		default:
			return false
		}
	}
	return digits > 0
}
