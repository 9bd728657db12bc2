package cell

import (
	"math"
	"testing"
	"time"
)

func TestColumnLetter(t *testing.T) {
	for i, letter := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := ColumnLetter(i); got != letter {
			t.Errorf("column %d is %q, want %q", i, got, letter)
		}
		if got, ok := ColumnIndex(letter); got != i || !ok {
			t.Errorf("column %s is %d, %v", letter, got, ok)
		}
	}
	for _, letter := range []string{"", "A1", "1", "XFE", "AAAA", "É", "A "} {
		if got, ok := ColumnIndex(letter); ok {
			t.Errorf("column %q is %d", letter, got)
		}
	}
	if i, ok := ColumnIndex("ab"); i != 27 || !ok || ColumnLetter(-1) != "" {
		t.Errorf("ab is %d", i)
	}
}

func TestString(t *testing.T) {
	at := time.Date(2026, 3, 15, 23, 30, 0, 5e6, time.FixedZone("", -7200))
	for _, tt := range []struct {
		cell Cell
		want string
	}{
		{Cell{}, ""},
		{Cell{Text: "x"}, "x"},
		{Cell{Kind: Identifier, Text: "+31612345678"}, "+31612345678"},
		{Cell{Kind: Number, Number: 1250.5}, "1250.5"},
		{Cell{Kind: Number, Number: 1.125}, "1.1250"},
		{Cell{Kind: Number, Number: -0.125}, "-0.1250"},
		{Cell{Kind: Number, Number: 1.125, Text: "1.125"}, "1.125"},
		{Cell{Kind: Number, Number: 450000}, "450000"},
		{Cell{Kind: Number, Number: math.NaN()}, ""},
		{Cell{Kind: Number, Number: math.Inf(-1)}, ""},
		{Cell{Kind: Bool, Number: 1}, "yes"},
		{Cell{Kind: Bool}, "no"},
		{Cell{Kind: Date, Time: at}, "2026-03-16"},
		{Cell{Kind: DateTime, Time: at}, "2026-03-16T01:30:00.005Z"},
		{Cell{Kind: Date}, ""},
		{Cell{Kind: DateTime}, ""},
		{Cell{Kind: Link}, ""},
	} {
		if got := tt.cell.String(); got != tt.want {
			t.Errorf("%+v is %q, want %q", tt.cell, got, tt.want)
		}
	}
}
