package cells

import "crmferry/mapping/headers"

// YesNoOf reads yes and no; ok is false for anything else.
func YesNoOf(v string) (yes, ok bool) {
	if v == "yes" || v == "no" { // as exports write them
		return v == "yes", true
	}
	if len(v) > 16 {
		return false, false
	}
	var b [16]byte
	word := appendLower(b[:0], v)
	if !isTyped(v) {
		word = []byte(headers.Fold(v))
	}
	return headers.Answer(word)
}

// ReadYesNo reads yes and no.
func ReadYesNo(v string) (bool, Notes) {
	var n Notes
	yes, ok := YesNoOf(v)
	if !ok {
		n.failClosed(CodeBadValue, v, "%s is neither yes nor no", Quote(v))
	}
	return yes, n
}
