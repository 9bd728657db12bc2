// Package charset finds the encoding of a text by its content, and decodes it. What an encoding makes of the bytes that
// are not ASCII is held against words of many languages (words, model.go), and signs against where signs stand (shape.go);
// guess.go weighs the encodings, and refuses where two readings are about as likely. A file of two encodings is read by
// mixed.go.
package charset

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf "golang.org/x/text/encoding/unicode"
)

// Charset is a way to write text in bytes. The zero value is UTF-8.
type Charset struct {
	Name  string            // as it is shown, and as Named takes it
	codec encoding.Encoding // nil for UTF-8
}

// UTF8 is the encoding of most files.
func UTF8() Charset { return Charset{Name: "UTF-8"} }

func utf16Little() Charset {
	return Charset{Name: "UTF-16LE", codec: utf.UTF16(utf.LittleEndian, utf.IgnoreBOM)}
}

func utf16Big() Charset {
	return Charset{Name: "UTF-16BE", codec: utf.UTF16(utf.BigEndian, utf.IgnoreBOM)}
}

// charsets are those that have a name here. Any other one that the indices of the Web and of IANA know is read as well.
func charsets() []Charset {
	return []Charset{
		UTF8(), utf16Little(), utf16Big(),
		{Name: "Windows-1252", codec: charmap.Windows1252}, {Name: "Mac-Roman", codec: charmap.Macintosh}, {Name: "CP850", codec: charmap.CodePage850},
		{Name: "ISO-8859-15", codec: charmap.ISO8859_15}, {Name: "CP437", codec: charmap.CodePage437}, {Name: "CP858", codec: charmap.CodePage858},
		{Name: "Windows-1250", codec: charmap.Windows1250}, {Name: "ISO-8859-2", codec: charmap.ISO8859_2}, {Name: "CP852", codec: charmap.CodePage852}, {Name: "ISO-8859-16", codec: charmap.ISO8859_16}, {Name: "Mac-CE", codec: centralOfMac()},
		{Name: "Mac-Romanian", codec: derived{charmap.Macintosh, "ÆØæøﬁﬂ", "ĂȘășȚț"}}, {Name: "Mac-Turkish", codec: derived{charmap.Macintosh, "⁄€‹›ﬁﬂ", "ĞğİıŞş"}}, {Name: "Mac-Icelandic", codec: derived{charmap.Macintosh, "†‹›ﬁﬂ‡", "ÝÐðÞþý"}},
		{Name: "Windows-1254", codec: charmap.Windows1254}, {Name: "ISO-8859-9", codec: charmap.ISO8859_9}, {Name: "ISO-8859-3", codec: charmap.ISO8859_3}, {Name: "CP857", codec: turkishOfDOS()},
		{Name: "Windows-1257", codec: charmap.Windows1257}, {Name: "ISO-8859-13", codec: charmap.ISO8859_13}, {Name: "ISO-8859-4", codec: charmap.ISO8859_4}, {Name: "ISO-8859-10", codec: charmap.ISO8859_10},
		{Name: "Windows-1255", codec: charmap.Windows1255}, {Name: "ISO-8859-8", codec: charmap.ISO8859_8}, {Name: "CP862", codec: charmap.CodePage862},
		{Name: "Windows-1251", codec: charmap.Windows1251}, {Name: "KOI8-R", codec: charmap.KOI8R}, {Name: "KOI8-U", codec: charmap.KOI8U}, {Name: "CP866", codec: charmap.CodePage866},
		{Name: "CP855", codec: charmap.CodePage855}, {Name: "ISO-8859-5", codec: charmap.ISO8859_5}, {Name: "Mac-Cyrillic", codec: charmap.MacintoshCyrillic},
		{Name: "Windows-1253", codec: charmap.Windows1253}, {Name: "ISO-8859-7", codec: charmap.ISO8859_7},
		{Name: "Windows-1256", codec: charmap.Windows1256}, {Name: "ISO-8859-6", codec: charmap.ISO8859_6}, {Name: "Windows-874", codec: charmap.Windows874}, {Name: "Windows-1258", codec: vietnamese()},
		{Name: "CP860", codec: charmap.CodePage860}, {Name: "CP863", codec: charmap.CodePage863}, {Name: "CP865", codec: charmap.CodePage865}, {Name: "ISO-8859-14", codec: charmap.ISO8859_14},
		{Name: "GBK", codec: simplifiedchinese.GBK}, {Name: "GB18030", codec: simplifiedchinese.GB18030}, {Name: "Big5", codec: traditionalchinese.Big5},
		{Name: "Shift-JIS", codec: japanese.ShiftJIS}, {Name: "EUC-JP", codec: japanese.EUCJP}, {Name: "ISO-2022-JP", codec: japanese.ISO2022JP}, {Name: "EUC-KR", codec: korean.EUCKR},
	}
}

// Names are the names of the encodings that have one here, as Named takes them.
func Names() []string {
	var names []string
	for _, c := range charsets() {
		names = append(names, strings.ToLower(c.Name))
	}
	return names
}

// folded is a name without case, hyphens and spaces.
func folded(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_ ", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// Named is the encoding that is called so: one of Names, another usual name, or one that the indices of the Web and of IANA know.
func Named(name string) (Charset, bool) {
	fold := folded(name)
	switch fold { // names for which the indices have another meaning, or none
	case "utf16":
		return utf16Little(), true
	case "ansi", "latin1", "iso88591":
		fold = "windows1252" // what programs write that say so
	case "mac", "macintosh":
		fold = "macroman"
	case "sjis", "cp932", "windows31j":
		fold = "shiftjis"
	case "cp936":
		fold = "gbk"
	case "cp949":
		fold = "euckr"
	case "cp950":
		fold = "big5"
	case "dos":
		fold = "cp850"
	case "xmacce", "maclatin2", "xmaccentraleurroman", "maccentraleurope":
		fold = "macce"
	case "latin9":
		fold = "iso885915"
	}
	if number, ok := strings.CutPrefix(fold, "cp125"); ok {
		fold = "windows125" + number
	}
	for _, c := range charsets() {
		if folded(c.Name) == fold || "ibm"+strings.TrimPrefix(folded(c.Name), "cp") == fold {
			return c, true
		}
	}
	return indexed(name)
}

// indexed looks a name up in the indices, with hyphens where people write other characters.
func indexed(name string) (Charset, bool) {
	name = strings.ToLower(name)
	for _, n := range []string{name, strings.NewReplacer("_", "-", " ", "-").Replace(name), folded(name)} {
		codec, err := htmlindex.Get(n)
		if err != nil || codec == encoding.Replacement {
			codec, err = ianaindex.IANA.Encoding(n)
		}
		if err != nil || codec == nil || codec == encoding.Replacement {
			continue
		}
		for _, c := range charsets() {
			if c.codec == codec {
				return c, true
			}
		}
		if codec == utf.UTF8 {
			return UTF8(), true
		}
		return Charset{Name: name, codec: codec}, true
	}
	return Charset{}, false
}

// Known reports whether Named knows that name; "" is known.
func Known(name string) bool {
	_, ok := Named(name)
	return ok || name == ""
}

// text is a short piece of text as UTF-8.
func (c Charset) text(b []byte) string {
	if c.codec == nil {
		return string(b)
	}
	b, err := c.codec.NewDecoder().Bytes(b)
	if err != nil {
		return ""
	}
	return string(b)
}
