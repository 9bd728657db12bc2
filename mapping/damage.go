package mapping

import "strings"

// isPlaceholder recognises what people write where there is nothing to write.
func isPlaceholder(v string) bool { return isDash(v) || isNothing(v) }

// isDash recognises placeholders that are no words in any language.
func isDash(v string) bool {
	if len(v) > 9 {
		return false
	}
	if strings.IndexByte("-.?/_*\xe2", v[0]) >= 0 {
		return strings.Trim(v, "-.?/_*–—") == ""
	}
	switch v[0] | 0x20 {
	case 'n', 'k':
		var b [9]byte
		switch string(lower(b[:0], v)) {
		case "n/a", "n.a.", "n.a", "n.v.t.", "n.v.t", "nvt", "nvt.", "k.a.", "n/b":
			return true
		}
	}
	return false
}

// isNothing recognises words that say in one of five languages that nothing is known.
func isNothing(v string) bool {
	if len(v) < 3 || len(v) > 16 {
		return false
	}
	if v[0] == '(' || v[0] == '[' || v[0] == '<' {
		v = strings.Trim(v, "()[]<>")
	}
	if v == "" || strings.IndexByte("nuegolkaivdb", v[0]|0x20) < 0 {
		return false
	}
	var b [16]byte
	switch string(lower(b[:0], v)) {
	case "none", "null", "nan", "nil", "unknown", "not available", "not applicable", "empty", "blank", "undefined",
		"geen", "onbekend", "niet bekend", "leeg", "keine", "keiner", "unbekannt", "leer",
		"aucun", "aucune", "inconnu", "inconnue", "vide", "ninguno", "ninguna", "desconocido", "desconocida":
		return true
	}
	return false
}

// lower appends v in lower case, as far as it is ASCII.
func lower(b []byte, v string) []byte {
	for i := range len(v) {
		c := v[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		b = append(b, c)
	}
	return b
}
