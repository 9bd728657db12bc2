package text

import (
	"errors"
	"fmt"
	"strings"

	"crmferry/importer/survey"
	"crmferry/internal/sheet/rows"
	"crmferry/mapping/match"
)

// SheetHint says what to do about a file or a header that cannot be used; "" if the error says it itself.
func SheetHint(err error) string {
	var m *match.Error
	var readings *rows.Readings
	var report *survey.ReportError
	var one *rows.OneCell
	switch {
	case errors.As(err, &one) && one.Told:
		return fmt.Sprintf(`name what stands between the cells: --delimiter "%c"`, one.Delimiter)
	case errors.As(err, &report):
		return "give the file that it is about; what a report calls created can be deleted, with --mode delete"
	case errors.As(err, &readings):
		return "name the encoding that reads right: --encoding " + strings.ToLower(strings.Join(readings.Encodings, ", or --encoding ")) +
			"; or another one, such as windows-1252, windows-1250 (Central Europe), windows-1251 (Cyrillic), mac-roman"
	case errors.As(err, &m):
		return m.Hint
	case errors.Is(err, survey.ErrAllLeftOut):
		return "--where leaves every row out: look at how the column writes the value"
	case errors.Is(err, survey.ErrNoRows):
		return fileHint(rows.ErrEmpty)
	}
	return fileHint(err)
}

// fileHint says in one line what to do about a file that cannot be read, "" if there is nothing to say.
func fileHint(err error) string {
	hints := []struct {
		kind error
		hint string
	}{
		{rows.ErrNoFile, "check the path; names with spaces need quotes"},
		{rows.ErrFolder, "name the file in it"},
		{rows.ErrEmpty, "the first row must hold the headers, each further row one contact"},
		{rows.ErrOldExcel, "open it in Excel or LibreOffice and save it as .xlsx"},
		{rows.ErrPacked, "unpack it, and name the file that was in it"},
		{rows.ErrDocument, "export the contacts as CSV or .xlsx from where it came; or copy the table into a spreadsheet program and save it as .xlsx"},
		{rows.ErrNotSheet, "export it again as .xlsx or CSV; or open it in a spreadsheet program and save it as one of them"},
		{rows.ErrEncrypted, "open it in Excel, remove the password (File, Info, Protect Workbook) and save it again"},
		{rows.ErrNoSheet, "name one of the sheets that there are with --sheet"},
		{rows.ErrWhichSheet, `name it: --sheet "NAME"`},
		{rows.ErrRowsMissing, "have the program write all rows, best as CSV: in DuckDB COPY ... TO 'leads.csv' (HEADER)"},
		{rows.ErrCutOff, "the download or copy broke off: get the file again"},
		{rows.ErrDamaged, "open it in Excel or LibreOffice, let it repair the file and save it as .xlsx"},
		{rows.ErrNeverCloses, "look at that line: close the quote, or take it out; a quote inside a quoted cell is written twice"},
		{rows.ErrQuote, `a quote inside a quoted cell is written twice: "5"" pipe"`},
		{rows.ErrDamagedText, "mend that character in a text editor, and save the file as UTF-8; an encoding named for all of it would garble the rest"},
		{rows.ErrEncoding, "save it as \"CSV UTF-8\" in Excel or as .xlsx, or leave --encoding out, and it is found out"},
		{rows.ErrWhichEncoding, `save it as "CSV UTF-8" in Excel or as .xlsx, or name its encoding, such as --encoding windows-1252`},
		{rows.ErrOneCell, "put them into columns (in Excel: Data, Text to Columns) and save it again"},
		{rows.ErrMixed, "make them the same in a text editor, with a name for each cell of the rows; or export it again"},
		{rows.ErrDelimiter, "leave --delimiter out, or name the character that stands between the cells"},
		{rows.ErrTooBig, "split the file; in a CSV file, look for a quote that is never closed"},
		{rows.ErrOption, "leave the option out"},
		{rows.ErrChanged, "save it, and try again once no program writes into it"},
	}
	for _, h := range hints {
		if errors.Is(err, h.kind) {
			return h.hint
		}
	}
	return ""
}
