package sheet

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/sheet/rows"
)

// TestDrawnTables reads what database tools print, and Markdown: the cells without their padding and borders, no line that is
// drawn and no count of rows.
func TestDrawnTables(t *testing.T) {
	want := "First name|Email|Notes / Ada|ada@example.com|likes \"tea\" / Ben|ben@example.com|"
	tests := []struct{ name, content string }{
		{"sqlcmd", "First name,Email,Notes\n----------,-----,-----\nAda,ada@example.com,likes \"tea\"\nBen,ben@example.com,\n\n(2 rows affected)\n"},
		{"sqlcmd with bars", "First name|Email          |Notes      \n----------|---------------|-----------\nAda       |ada@example.com|likes \"tea\"\nBen       |ben@example.com|           \n\n(2 rows affected)\n\nCompletion time: 2026-01-12T10:00:00+01:00\n"},
		{"sqlcmd with tabs", "First name\tEmail\tNotes\r\n----------\t-----\t-----\r\nAda\tada@example.com\tlikes \"tea\"\r\nBen\tben@example.com\t\r\n\r\n(2 Zeilen betroffen)\r\n"},
		{"psql", " First name |      Email      |    Notes    \n------------+-----------------+-------------\n Ada        | ada@example.com | likes \"tea\"\n Ben        | ben@example.com | \n(2 rows)\n\n"},
		{"psql with borders", "+------------+-----------------+-------------+\n| First name |      Email      |    Notes    |\n+------------+-----------------+-------------+\n| Ada        | ada@example.com | likes \"tea\" |\n| Ben        | ben@example.com |             |\n+------------+-----------------+-------------+\n(2 rows)\n"},
		{"mysql", "mysql> select * from leads;\n+------------+-----------------+-------------+\n| First name | Email           | Notes       |\n+------------+-----------------+-------------+\n| Ada        | ada@example.com | likes \"tea\" |\n| Ben        | ben@example.com |             |\n+------------+-----------------+-------------+\n2 rows in set (0.00 sec)\n"},
		{"Markdown", "# Leads\n\n| First name | Email | Notes |\n|:--|:-:|--:|\n| Ada | ada@example.com | likes \"tea\" |\n| Ben | ben@example.com | |\n"},
		{"Markdown without borders", "First name | Email | Notes\n--- | --- | ---\nAda | ada@example.com | likes \"tea\"\nBen | ben@example.com |\n"},
		{"a box", "┌────────────┬─────────────────┬─────────────┐\n│ First name │      Email      │    Notes    │\n├────────────┼─────────────────┼─────────────┤\n│ Ada        │ ada@example.com │ likes \"tea\" │\n│ Ben        │ ben@example.com │             │\n└────────────┴─────────────────┴─────────────┘\n"},
		{"DuckDB", "┌────────────┬─────────────────┬─────────────┐\n│ First name │      Email      │    Notes    │\n│  varchar   │     varchar     │ varchar[]   │\n├────────────┼─────────────────┼─────────────┤\n│ Ada        │ ada@example.com │ likes \"tea\" │\n│ Ben        │ ben@example.com │             │\n├────────────┴─────────────────┴─────────────┤\n│ 2 rows                           3 columns │\n└────────────────────────────────────────────┘\n"},
		{"round corners", "╭────────────┬─────────────────┬─────────────╮\n│ First name │      Email      │    Notes    │\n├────────────┼─────────────────┼─────────────┤\n│ Ada        │ ada@example.com │ likes \"tea\" │\n│ Ben        │ ben@example.com │             │\n╰────────────┴─────────────────┴─────────────╯\n"},
		{"ClickHouse", "   ┌─First name─┬─Email───────────┬─Notes───────┐\n1. │ Ada        │ ada@example.com │ likes \"tea\" │\n2. │ Ben        │ ben@example.com │             │\n   └────────────┴─────────────────┴─────────────┘\n\n2 rows in set. Elapsed: 0.002 sec.\n"},
		{"org", "| First name | Email | Notes |\n|------------+-------+-------|\n| Ada | ada@example.com | likes \"tea\" |\n| Ben | ben@example.com | |\n"},
		{"sqlplus", "First name Email           Notes\n---------- --------------- -----------\nAda        ada@example.com likes \"tea\"\n\nFirst name Email           Notes\n---------- --------------- -----------\nBen        ben@example.com\n\n2 rows selected.\n"},
		{"reST", "==========  ===============  ===========\nFirst name  Email            Notes\n==========  ===============  ===========\nAda         ada@example.com  likes \"tea\"\nBen         ben@example.com\n==========  ===============  ===========\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := readAll(file(t, "x.txt", tt.content), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for _, row := range got {
				lines = append(lines, strings.Join(row.Cells, "|"))
				if row.Shifted {
					t.Errorf("row %d is shifted", row.Number)
				}
			}
			if diff := cmp.Diff(want, strings.Join(lines, " / ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestDrawnLines: cells that go on in the next line are one, and what does not fit the columns is shifted.
func TestDrawnLines(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"psql", " a  | b   \n----+-----\n x +| y\n z  | \n C+ | D+\n(2 rows)\n", "x\nz|y / C+|D+"},
		{"psql, the last column", " a | b  \n---+----\n x | y +\n   | z\n", "x|y\nz"},
		{"mysql", "+---+-----+\n| a | b   |\n+---+-----+\n| x | y\nz |\n+---+-----+\n", "x|y\nz"},
		{"Markdown", "| a | b |\n|---|---|\n| x\\|y | z |\n", "x|y|z"},
		{"a bar in a cell", " a | b \n---+---\n x | y | z\n", "x|y|z (shifted)"},
		{"fixed width", "a   b\n--- ---\nwider than it\n\u00e9   z\n", "wider than it| (shifted) / é|z"},
	}
	for _, tt := range tests {
		list, err := readAll(file(t, "x.txt", tt.content), Options{})
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, row := range list[1:] {
			line := strings.Join(row.Cells, "|")
			if row.Shifted {
				line += " (shifted)"
			}
			lines = append(lines, line)
		}
		if got := strings.Join(lines, " / "); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestDrawnTablesCut refuses what a program printed of a table without all its rows, and tells of cells that it shortened.
func TestDrawnTablesCut(t *testing.T) {
	const top, bottom = "┌──────┬─────────────────┐\n│ Name │      Email      │\n│ text │     varchar     │\n├──────┼─────────────────┤\n│ Ada  │ ada@example.com │\n", "└──────┴─────────────────┘\n"
	for _, cut := range []string{"│  ·   │        ·        │\n", "├──────┴─────────────────┤\n│ 1000 rows (40 shown)   │\n", "├──────┴─────────────────┤\n│        ? rows          │\n│  (>9999 rows, 40 shown)   │\n"} {
		_, err := readAll(file(t, "x.txt", top+cut+bottom), Options{})
		if !errors.Is(err, rows.ErrRowsMissing) {
			t.Errorf("%s: %v", cut, err)
		}
	}
	r, err := Open(file(t, "x.txt", top+"│ Ben… │ ben@example.com │\n"+bottom), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for err == nil {
		_, err = r.Next()
	}
	if !slices.ContainsFunc(r.Findings(), func(f FindingCount) bool {
		return f.Code == "shortened" && f.First[0].Row == 6 && f.First[0].Column == 0
	}) {
		t.Errorf("%v: %+v", err, r.Findings())
	}
}
