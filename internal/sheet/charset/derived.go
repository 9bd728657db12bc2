package charset

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// derived is an encoding that reads as another one does, with other letters in the places of some, and composed: Windows-1258 has marks
// of its own behind the letters.
type derived struct {
	encoding.Encoding
	from, to string // the letters
}

// NewDecoder reads the encoding.
func (d derived) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: transform.Chain(d.Encoding.NewDecoder(), exchange(d.from, d.to), norm.NFC)}
}

// NewEncoder writes the encoding.
func (d derived) NewEncoder() *encoding.Encoder {
	return &encoding.Encoder{Transformer: transform.Chain(exchange(d.to, d.from), d.Encoding.NewEncoder())}
}

// exchange puts letters in the places of others.
func exchange(letters, by string) transform.Transformer {
	places, others := map[rune]rune{}, []rune(by)
	for i, r := range []rune(letters) {
		places[r] = others[i]
	}
	return runes.Map(func(r rune) rune {
		if other, ok := places[r]; ok {
			return other
		}
		return r
	})
}

func vietnamese() encoding.Encoding { return derived{Encoding: charmap.Windows1258} }

// turkishOfDOS is CP857.
func turkishOfDOS() encoding.Encoding {
	return derived{charmap.CodePage850, "ìÿ×ƒªºðÐıþÞýÝ‗", "ıİŞşĞğºª\ufffd\ufffd×ìÿ\ufffd"}
}

// centralOfMac is what Macs wrote in Central Europe.
func centralOfMac() encoding.Encoding {
	const (
		roman = "ÅÇÑàâãåçèêëìîïñòùû¢´ÆØ∞±¥µ∏π∫ªºΩæø¿¡ƒ≈ÀÃŒœÿŸ⁄€ﬁﬂ‡·‰ÂÊËÈÎÏÌÒÛÙıˆ˜¯˘˙˚¸˝˛"
		here  = "ĀāĄąČčĆćŹźĎďĒēĖėĚěĘęģĮįĪīĶłĻļĽľĹĺŅņŃńŇňŐőŌōŔŕŘřŖŗŠšŚśŤťŽžŪūŮůŰűŲųÝýķŻŁżĢ"
	)
	return derived{charmap.Macintosh, roman, here}
}
