package cell

import (
	"strings"
	"time"
)

// NewText is a cell of text, the empty one for no text.
func NewText(k Kind, v string) Cell {
	if v == "" {
		return Cell{}
	}
	return Cell{Kind: k, Text: v}
}

// NewTime is an instant; empty where it is not known.
func NewTime(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	return Cell{Kind: DateTime, Time: t.UTC()}
}

// NewYesNo is a cell of "yes" or "no"; another text stays text.
func NewYesNo(v string) Cell {
	switch v {
	case "yes":
		return Cell{Kind: Bool, Text: v, Number: 1}
	case "no":
		return Cell{Kind: Bool, Text: v}
	}
	return NewText(Text, v)
}

// NewNumber is a number; empty where it is not known.
func NewNumber(v *float64) Cell {
	if v == nil {
		return Cell{}
	}
	return Cell{Kind: Number, Number: *v}
}

// NewWeb is a link if the text is a web address, else text: some people keep a handle where others keep an address.
func NewWeb(v string) Cell {
	if strings.HasPrefix(v, "https://") || strings.HasPrefix(v, "http://") {
		return Cell{Kind: Link, Text: v}
	}
	return NewText(Text, v)
}

// NewCount is a whole number; empty where it is not known.
func NewCount(n *int64) Cell {
	if n == nil {
		return Cell{}
	}
	return Cell{Kind: Number, Number: float64(*n)}
}
