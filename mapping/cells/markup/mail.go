package markup

import (
	"encoding/hex"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"
)

// MayBeWritten reports whether a cell has a sign of tags, of letters of a mail or of a line end of a workbook.
func MayBeWritten(v string) bool {
	return strings.IndexByte(v, '<') >= 0 || strings.IndexByte(v, '=') >= 0 || HasReturn(v)
}

// HasReturn reports whether a text has the return of a line end as a workbook writes it.
func HasReturn(v string) bool { return strings.Contains(v, "_x000D_") }

// mailLetters finds letters as mails write them: J=C3=B6rg.
var mailLetters = regexp.MustCompile(`(?:=[C-F][0-9A-F](?:=[89AB][0-9A-F])+)+`)

// DecodeMail is a text with what a program wrote as in a mail as it was meant: J=C3=B6rg, =?utf-8?Q?J=C3=B6rg?=.
func DecodeMail(v string) string {
	if strings.Contains(v, "=?") {
		if plain, err := new(mime.WordDecoder).DecodeHeader(v); err == nil {
			return plain
		}
	}
	return mailLetters.ReplaceAllStringFunc(v, func(at string) string {
		letters, err := hex.DecodeString(strings.ReplaceAll(at, "=", ""))
		if err != nil || !utf8.Valid(letters) {
			return at
		}
		return string(letters)
	})
}
