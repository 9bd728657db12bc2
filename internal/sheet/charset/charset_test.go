package charset

import (
	"bytes"
	"strings"
	"testing"
)

func TestBlocks(t *testing.T) {
	for _, unit := range []string{"é", "a\n", "a\r", "€uro\r\n"} {
		text := []byte("x" + strings.Repeat(unit, 2*blockSize/len(unit)))
		var got []byte
		err := forEachBlock(bytes.NewReader(text), func(block []byte) bool {
			got = append(got, block...)
			if s, _ := scanUTF8(bytes.NewReader(block)); !s.valid {
				t.Errorf("a block of %q cuts a character", unit)
			}
			return true
		})
		if err != nil || !bytes.Equal(got, text) {
			t.Errorf("blocks of %q: %d of %d bytes, %v", unit, len(got), len(text), err)
		}
	}
}

func TestEncodingNames(t *testing.T) {
	tests := map[string]string{ // and how they are shown
		"UTF8": "UTF-8", "utf 16": "UTF-16LE", "utf-16be": "UTF-16BE", "cp1252": "Windows-1252", "Latin-1": "Windows-1252", "ISO_8859-1": "Windows-1252", "ansi": "Windows-1252",
		"macintosh": "Mac-Roman", "windows-1255": "Windows-1255", "CP1255": "Windows-1255", "windows1255": "Windows-1255", "windows_1258": "Windows-1258",
		"iso-8859-9": "ISO-8859-9", "latin2": "ISO-8859-2", "latin9": "ISO-8859-15", "latin5": "Windows-1254", "iso8859-2": "ISO-8859-2", "l2": "ISO-8859-2", "csisolatin2": "ISO-8859-2",
		"ibm852": "CP852", "852": "CP852", "cp866": "CP866", "ibm866": "CP866", "koi8-r": "KOI8-R", "koi8r": "KOI8-R", "koi8_u": "KOI8-U", "x-mac-cyrillic": "Mac-Cyrillic",
		"gbk": "GBK", "gb2312": "GBK", "gb18030": "GB18030", "big5": "Big5", "shift_jis": "Shift-JIS", "sjis": "Shift-JIS", "ms932": "Shift-JIS", "cp932": "Shift-JIS", "euc-jp": "EUC-JP",
		"iso-2022-jp": "ISO-2022-JP", "euc-kr": "EUC-KR", "ks_c_5601-1987": "EUC-KR", "tis-620": "Windows-874", "ibm037": "ibm037",
		"klingon": "", "iso-8859-99": "", "utf-7": "", "replacement": "", "iso-2022-kr": "", "windows-1259": "",
	}
	for name, want := range tests {
		c, ok := Named(name)
		if ok != (want != "") || c.Name != want {
			t.Errorf("%q is %q, %v, want %q", name, c.Name, ok, want)
		}
	}
	for _, name := range append(Names(), "") {
		if c, ok := Named(name); name != "" && (!ok || !strings.EqualFold(c.Name, name)) || !Known(name) {
			t.Errorf("%q is %q, %v", name, c.Name, ok)
		}
	}
}

// TestJapaneseOfASCII: text in ISO-2022-JP is all ASCII; UTF-8 that has its escape sequence in it is UTF-8.
func TestJapaneseOfASCII(t *testing.T) {
	for text, want := range map[string]string{
		"name\n\x1b$B;3ED\x1b(B\n":                 "ISO-2022-JP",
		"name,city\nJosé,Zürich\nx\x1b$Bab,Łódź\n": "UTF-8",
		"name\nx \x1b$B y\nJosé\n":                 "UTF-8",
	} {
		layout, _, err := sniff(strings.NewReader(text), false, nil)
		if err != nil || layout.Charset.Name != want {
			t.Errorf("%q is found to be %v, %v, want %s", text, layout.Charset, err, want)
		}
	}
}
