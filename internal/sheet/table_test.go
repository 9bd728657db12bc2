package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// exported are the columns of an export, of every kind.
func exported() []TableColumn {
	return []TableColumn{
		{"ID", Identifier}, {"First name", Text}, {"Last name", Text}, {"E-mail", Text}, {"Phone", Identifier},
		{"Organisation", Text}, {"Website", Link}, {"Zip", Identifier}, {"City", Text}, {"Tags", Text}, {"Deals", Number},
		{"Value", Number}, {"Subscribed", Bool}, {"Birthday", Date}, {"Created", DateTime}, {"Description", Text},
	}
}

// exportedRow appends the i-th row of an export.
func exportedRow(cells []Cell, i int) []Cell {
	pick := func(of ...string) string { return of[i%len(of)] }
	first := pick("Anna", "Jan", "Zoë", "Mohammed", "Maria", "Piet", "Łukasz", "Aïsha", "Daan")
	last := pick("Jansen", "de Vries", "'t Hart", "García Márquez", "van den Berg", "O'Brien", "Smith")
	at := time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC).Add(-time.Duration(i) * 97 * time.Minute)
	note := ""
	if i%4 == 0 {
		note = "Called on Monday: wants an offer for two seats before the end of the quarter.\nCall back in May."
	}
	return append(cells,
		Cell{Kind: Identifier, Text: fmt.Sprint(100200 + i)}, Cell{Text: first}, Cell{Text: last},
		Cell{Text: fmt.Sprintf("%s.%d@example.com", strings.ToLower(pick("anna", "jan", "zoe", "mohammed", "maria")), i)},
		Cell{Kind: Identifier, Text: fmt.Sprintf("+3161234%04d", i%10000)},
		Cell{Text: pick("Voorbeeld B.V.", "Example Holding International N.V.", "", "Acme & Sons <wholesale>")},
		Cell{Kind: Link, Text: pick("https://www.example.com/about?x=1&y=\"2\"", "", "www.example.org")},
		Cell{Kind: Identifier, Text: fmt.Sprintf("%05d", 2134+i%1000)}, Cell{Text: pick("Delft", "Den Haag", "'s-Hertogenbosch")},
		Cell{Text: pick("customer; vip", "lead", "")},
		Cell{Kind: Number, Number: float64(i % 7)}, Cell{Kind: Number, Number: 1250.5 * float64(i%13)},
		Cell{Kind: Bool, Number: float64(i % 2)},
		Cell{Kind: Date, Time: time.Date(1985, 2, 11, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%9000)},
		Cell{Kind: DateTime, Time: at}, Cell{Text: note})
}

// table writes a table of that many rows.
func table(t testing.TB, f Format, o TableOptions, rows int) ([]byte, Stats) {
	t.Helper()
	var b bytes.Buffer
	o.Columns = exported()
	x, err := NewTable(&b, f, o)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Discard()
	var cells []Cell
	for i := range rows {
		cells = exportedRow(cells[:0], i)
		if err := x.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	x.About([][]string{{"What", "every contact"}, {"From", "https://crm.example.com"}, {}, {"Completeness"}, {"Contacts", fmt.Sprint(rows)}})
	stats, err := x.Close()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), stats
}
