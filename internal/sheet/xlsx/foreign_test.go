package xlsx_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx"
)

var foreign = flag.Bool("foreign", false, "read the workbooks in the test data of other people's modules, which are fetched")

// module is a Go module with workbooks in it, how many at least, and those that are refused, with a part of the reason.
type module struct {
	version string
	atLeast int
	refused map[string]string
}

// foreignModules are pinned: other versions have other test data. None becomes a dependency of ours by this.
func foreignModules() []module {
	return []module{
		{"github.com/xuri/excelize/v2@v2.11.0", 9, map[string]string{
			"encryptAES.xlsx": "encrypted", "encryptSHA1.xlsx": "encrypted", "encryptSHA512.xlsx": "encrypted",
		}},
		{"github.com/tealeg/xlsx/v3@v3.3.13", 32, map[string]string{
			"badfile_noWorkbookRels.xlsx": `lacks its part "xl/_rels/workbook.xml.rels"`,
			"badfile_noWorksheets.xlsx":   `lacks its part "xl/worksheets/sheet1.xml"`,
		}},
	}
}

// TestForeignWorkbooks reads every worksheet of workbooks that nobody here wrote, and holds each cell against what
// excelize says it is.
func TestForeignWorkbooks(t *testing.T) {
	if !*foreign {
		t.Skip("without -foreign nothing is fetched")
	}
	for _, m := range foreignModules() {
		t.Run(m.version, func(t *testing.T) {
			paths := workbooksIn(t, fetch(t, m.version))
			if len(paths) < m.atLeast {
				t.Fatalf("%d workbooks, want at least %d", len(paths), m.atLeast)
			}
			cells := 0
			for _, path := range paths {
				t.Run(filepath.Base(path), func(t *testing.T) { cells += checkForeign(t, path, m.refused[filepath.Base(path)]) })
			}
			t.Logf("%d workbooks, %d cells", len(paths), cells)
		})
	}
}

// fetch is the folder of a module's files.
func fetch(t *testing.T, version string) string {
	cmd := exec.Command("go", "mod", "download", "-json", version)
	cmd.Dir = t.TempDir() // not ours: go.mod is not to change
	out, err := cmd.Output()
	var m struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &m); err != nil || jsonErr != nil || m.Dir == "" {
		t.Skipf("%s cannot be fetched: %v %s", version, err, m.Error)
	}
	return m.Dir
}

func workbooksIn(t *testing.T, folder string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if ext := strings.ToLower(filepath.Ext(path)); ext == ".xlsx" || ext == ".xlsm" || ext == ".xls" || ext == ".xltx" {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// checkForeign reads all worksheets of a workbook, and returns how many cells were compared.
func checkForeign(t *testing.T, path, refused string) (cells int) {
	r, err := sheet.Open(path, sheet.Options{})
	if err == nil {
		r.Close()
	} else if rows.KindOf(err) == nil {
		t.Errorf("no hint for %v", err)
	}
	if refused != "" {
		if err == nil || !strings.Contains(err.Error(), refused) {
			t.Errorf("got %v, want it refused: %s", err, refused)
		}
		return 0
	}
	if err != nil {
		t.Logf("without a flag: %v", err) // no or more than one table
	}
	theirs, err := excelize.OpenFile(path)
	if err != nil {
		t.Logf("excelize cannot open it: %v", err)
	} else {
		defer theirs.Close()
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	err = xlsx.EachSheet(f, func(name string, ours map[int][]string, err error) {
		if err != nil {
			t.Errorf("sheet %q: %v", name, err)
		}
		if theirs != nil {
			cells += compareSheet(t, theirs, name, ours)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return cells
}

// compareSheet holds the rows of a worksheet against excelize's, in both directions.
func compareSheet(t *testing.T, f *excelize.File, sheet string, ours map[int][]string) (cells int) {
	t.Helper()
	theirs, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Logf("sheet %q: excelize: %v", sheet, err)
		return 0
	}
	differ := 0
	at := func(row []string, i int) string {
		if i < len(row) {
			return row[i]
		}
		return ""
	}
	for number := range max(len(theirs), maxKey(ours)) {
		var raw []string
		if number < len(theirs) {
			raw = theirs[number]
		}
		own := ours[number+1]
		for i := range max(len(raw), len(own)) {
			cells++
			if mine, its := at(own, i), at(raw, i); mine != its && !means(f, sheet, cell.ColumnLetter(i)+strconv.Itoa(number+1), mine, its) {
				if differ++; differ <= 10 {
					t.Errorf("sheet %q, cell %s%d: we read %q, excelize %q", sheet, cell.ColumnLetter(i), number+1, mine, its)
				}
			}
		}
	}
	return cells
}

func maxKey(rows map[int][]string) (last int) {
	for number := range rows {
		last = max(last, number)
	}
	return last
}

// means reports whether our text means what excelize says in another way. These differences are deliberate: booleans are
// words, numbers have no exponent and no more than 15 digits of a fraction, dates are ISO dates by the cell's format,
// percentages and numbers with leading zeros read as shown, line ends are LF.
func means(f *excelize.File, sheet, cell, ours, raw string) bool {
	if ours == strings.ReplaceAll(raw, "\r\n", "\n") {
		return true
	}
	if shown, err := f.GetCellValue(sheet, cell); err == nil && (ours == shown || ours == strings.TrimSpace(shown)) {
		return true
	}
	x, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return false
	}
	if number, err := strconv.ParseFloat(strings.TrimSuffix(ours, "%"), 64); err == nil {
		if strings.HasSuffix(ours, "%") {
			x *= 100
		}
		return math.Abs(number-x) <= 1e-14*math.Abs(x)
	}
	props, err := f.GetWorkbookProps()
	if err != nil {
		return false
	}
	moment, err := excelize.ExcelDateToTime(x, props.Date1904 != nil && *props.Date1904)
	if err != nil {
		return false
	}
	moment = moment.Round(time.Second)
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05", time.TimeOnly} {
		if moment.Format(layout) == ours {
			return true
		}
	}
	return elapsed(x) == ours
}

// elapsed is a duration in days with hours beyond 24.
func elapsed(days float64) string {
	seconds := int64(math.Round(days * 86400))
	return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}
