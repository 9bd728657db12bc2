package sheet

import (
	"slices"
	"strings"

	"crmferry/internal/sheet/csv"
)

// isRule reports whether a row is a line that is drawn between others: dashes, and what joins them. It is quick: every row is asked.
func isRule(cells []string) bool {
	drawn := false
	for _, c := range cells {
		if c == "" {
			continue
		}
		if c[0] >= '0' && c[0] <= '9' || c[0]|0x20 >= 'a' && c[0]|0x20 <= 'z' || !isDrawn(c) {
			return false
		}
		drawn = drawn || csv.IsRule(c)
	}
	// A line of short pieces, |--|:-:|, is one below all columns.
	return drawn || !slices.Contains(cells, "") && strings.Count(strings.Join(cells, ""), "-") > len(cells)
}

// isDrawn reports whether a cell has nothing but the characters of lines.
func isDrawn(c string) bool { return csv.IsRule(c + "---") }

// isRowCount reports whether a row is what a database tool says below a table: (2 rows affected), 2 rows in set (0.00 sec).
func isRowCount(cells []string) bool {
	text, _, _ := strings.Cut(strings.TrimSpace(cells[0]), "   ") // 4 rows      3 columns
	if text == "" || text[0] != '(' && (text[0] < '0' || text[0] > '9') {
		return false
	}
	if count(cells) != 1 {
		if text[0] != '(' || count(cells) > 3 {
			return false
		}
		text = strings.TrimRight(strings.Join(cells, ","), ",") // (1,234 rows affected)
	}
	return isCountOfRows(strings.ToLower(text))
}

// isPageNumber reports whether a row is nothing but the number of a page: Page 2 of 3, Seite 2/3.
func isPageNumber(cells []string) bool {
	text := strings.TrimSpace(cells[0])
	if len(text) < len("page 1/1") || text[0]|0x20 != 'p' && text[0]|0x20 != 's' || digits(text) == 0 || count(cells) != 1 {
		return false
	}
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(text, "/", " / ")))
	if len(words) != 4 || strings.Trim(words[1]+words[3], "0123456789") != "" {
		return false
	}
	switch words[0] {
	case "page", "seite", "pagina", "página", "pág.", "strona", "side", "sida", "sivu", "strana":
		return len(words[2]) <= 3 // of, von, van, sur, de, /
	}
	return false
}

// isCountOfRows reports whether a text in lower case counts rows, and says nothing else.
func isCountOfRows(text string) bool {
	inner, bracketed := strings.CutPrefix(text, "(")
	inner = strings.TrimSuffix(inner, ")")
	number, rest, ok := strings.Cut(inner, " ")
	if !ok || digits(number) == 0 || strings.Trim(number, "0123456789.,'") != "" {
		return false
	}
	noun, said, _ := strings.Cut(rest, " ")
	switch strings.Trim(noun, ".") {
	case "row", "rows", "row(s)", "record", "records", "record(s)", "zeile", "zeilen", "zeile(n)", "datensatz", "datensätze", "rij", "rijen", "rij(en)", "regel", "regels",
		"ligne", "lignes", "ligne(s)", "enregistrement", "enregistrements", "fila", "filas", "fila(s)", "registro", "registros", "registro(s)", "riga", "righe", "linha", "linhas", "linha(s)",
		"wiersz", "wiersze", "wierszy", "rad", "rader", "rad(er)", "række", "rækker", "rivi", "riviä", "řádek", "řádky", "řádků", "sor", "satır", "строка", "строки", "строк":
	default:
		return false
	}
	if said == "" || bracketed {
		return bracketed || said == "" && !strings.HasPrefix(noun, "re") // "3 records" may be a name, "(3 records)" is none
	}
	for _, start := range []string{"in set", "selected", "affected", "returned", "fetched", "retrieved", "total", "ausgewählt", "betroffen", "geselecteerd", "sélectionné", "en total", "seleccionad", "selezionat"} {
		if strings.HasPrefix(said, start) {
			return true
		}
	}
	return false
}
