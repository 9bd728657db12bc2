package charset

import (
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// candidate is an encoding that is weighed.
type candidate struct {
	Charset
	told    bool // its readings are shown, but nobody but the user decides for it
	sibling bool // it has letters where Windows-1252 has other ones
}

// candidates are the encodings that are weighed. Windows-1252 is the first one: of those that read alike the first is named.
func candidates() []candidate {
	const (
		own      = "Windows-1252 Mac-Roman CP850 CP852 Windows-1255 ISO-8859-15"
		siblings = "Windows-1250 ISO-8859-2 Windows-1254 Windows-1257 ISO-8859-9 ISO-8859-13 ISO-8859-16 ISO-8859-3 CP857 Mac-CE Windows-1258 ISO-8859-4 Mac-Romanian Mac-Turkish Mac-Icelandic"
		told     = "Windows-1251 Mac-Cyrillic KOI8-R CP866 ISO-8859-5 Windows-1253 ISO-8859-7 Windows-1256 Windows-874 GBK Big5 Shift-JIS EUC-JP EUC-KR"
	)
	byName := map[string]Charset{}
	for _, c := range charsets() {
		byName[c.Name] = c
	}
	// Romanian letters with a comma are weighed as those with a cedilla, which the other encodings have in their places.
	byName["ISO-8859-16"] = Charset{Name: "ISO-8859-16", codec: derived{charmap.ISO8859_16, "ȘșȚț", "ŞşŢţ"}}
	var list []candidate
	for _, name := range strings.Fields(own + " " + siblings + " " + told) {
		list = append(list, candidate{byName[name], slices.Contains(strings.Fields(told), name), slices.Contains(strings.Fields(siblings), name)})
	}
	return list
}

// usual is how usual a language is among the lists that are not UTF-8, beside the others.
func usual(language string) float64 {
	switch language {
	case "en", "nl", "de", "fr", "es":
		return 1
	case "pt", "it", "sv", "da":
		return 0.6
	case "pl", "cs", "hu", "ru":
		return 0.3
	case "sk", "hr", "ro", "tr", "fi":
		return 0.2
	case "mt", "vi":
		return 0.005
	}
	return 0.1
}

// home is how likely a text of a language is in an encoding, as a logarithm.
func home(language, encoding string) float64 {
	p, ok := homes(language)[encoding]
	if !ok {
		return -9
	}
	return p
}

// homes are the encodings in which texts of a language are written.
func homes(language string) map[string]float64 {
	switch language {
	case "pl":
		return map[string]float64{"Windows-1250": -0.4, "ISO-8859-2": -1.8, "CP852": -1.8, "Mac-CE": -6, "ISO-8859-16": -5, "Windows-1252": -5}
	case "ro":
		return map[string]float64{"Windows-1250": -0.4, "ISO-8859-2": -1.8, "CP852": -1.8, "Mac-Romanian": -6, "Windows-1252": -5}
	case "cs", "sk", "hu", "hr", "sl":
		return map[string]float64{"Windows-1250": -0.4, "ISO-8859-2": -1.8, "CP852": -1.8, "Mac-CE": -6, "Windows-1252": -5}
	case "tr":
		return map[string]float64{"Windows-1254": -0.2, "ISO-8859-9": -2, "CP857": -3, "Mac-Turkish": -5, "Windows-1252": -5}
	case "is":
		return map[string]float64{"Windows-1252": -0.1, "Mac-Icelandic": -4, "Mac-Roman": -5, "CP850": -3, "ISO-8859-15": -4.5}
	case "mt":
		return map[string]float64{"ISO-8859-3": -0.1}
	case "vi":
		return map[string]float64{"Windows-1258": 0}
	case "lv", "lt":
		return map[string]float64{"Windows-1257": -0.2, "ISO-8859-13": -2, "ISO-8859-4": -7, "Windows-1252": -6}
	case "et":
		return map[string]float64{"Windows-1257": -0.8, "ISO-8859-13": -2.5, "Windows-1252": -1.2, "ISO-8859-15": -2}
	case "he":
		return map[string]float64{"Windows-1255": 0}
	case "ru":
		return map[string]float64{"Windows-1251": -0.2, "KOI8-R": -3, "CP866": -3, "ISO-8859-5": -4, "Mac-Cyrillic": -4}
	case "el":
		return map[string]float64{"Windows-1253": -0.2, "ISO-8859-7": -2}
	case "ar":
		return map[string]float64{"Windows-1256": 0}
	case "th":
		return map[string]float64{"Windows-874": 0}
	case "ja":
		return map[string]float64{"Shift-JIS": -0.2, "EUC-JP": -2}
	case "zh":
		return map[string]float64{"GBK": 0}
	case "zht":
		return map[string]float64{"Big5": 0}
	case "ko":
		return map[string]float64{"EUC-KR": 0}
	}
	return map[string]float64{"Windows-1252": -0.1, "Mac-Roman": -3, "CP850": -3, "ISO-8859-15": -4.5, "Windows-1250": -7, "Windows-1254": -7,
		"ISO-8859-9": -8, "CP852": -8, "Windows-1257": -8, "ISO-8859-13": -9}
}

// languageOf is the language that addresses of a country show, "" for countries with several, and for .com.
func languageOf(domain string) string {
	switch domain {
	case "pl", "sk", "hu", "hr", "ro", "tr", "lv", "lt", "mt", "de", "fr", "es", "pt", "it", "fi", "is", "nl", "ru":
		return domain
	case "cz":
		return "cs"
	case "rs", "ba", "me":
		return "hr"
	case "si":
		return "sl"
	case "md":
		return "ro"
	case "ee":
		return "et"
	case "il":
		return "he"
	case "gr", "cy":
		return "el"
	case "ua", "by", "bg":
		return "ru"
	case "vn":
		return "vi"
	case "jp":
		return "ja"
	case "cn":
		return "zh"
	case "tw", "hk":
		return "zht"
	case "kr":
		return "ko"
	case "at":
		return "de"
	case "mx", "ar", "co", "cl", "pe":
		return "es"
	case "br":
		return "pt"
	case "se":
		return "sv"
	case "dk", "no":
		return "da"
	case "uk", "ie", "au", "nz":
		return "en"
	}
	return ""
}
