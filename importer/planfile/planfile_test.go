package planfile_test

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"crmferry/importer/outcome"
	"crmferry/importer/planfile"
	"crmferry/importer/report"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/mapping"
)

const run = "20260702T091500Z-plan-x-4f1a9c"

// silent advises nothing.
type silent struct{}

func (silent) OnCode(string) string             { return "" }
func (silent) OnProblem(mapping.Problem) string { return "" }
func (silent) OnFinding(string) string          { return "" }
func (silent) OnOpen() string                   { return "" }
func (silent) OnTooManyRows() string            { return "" }

// result is a result of a dry run, and what would change.
type result struct {
	res     outcome.Result
	name    string
	changes []planfile.Change
}

// results are those of a dry run, with values that suffer elsewhere.
func results() []result {
	update := func(row int, key, name, id string, changes ...planfile.Change) result {
		return result{outcome.Result{Row: row, Action: outcome.ActionUpdate, Key: key, ID: id}, name, changes}
	}
	return []result{
		{outcome.Result{Row: 2, Action: outcome.ActionCreate, Key: "new@example.com", Changed: []string{"email", "phone"}}, "Nia New", nil},
		update(3, "ann@example.com", "Ann Sample", "00012", planfile.Change{Field: "phone", Now: "+31612345678", Will: ""}, planfile.Change{Field: "stage", Now: "lead", Will: "customer"}),
		update(4, "+31612345678 Łukasz", "Łukasz 山田", "1e5", planfile.Change{Field: "note", Now: "a\r\nb", Will: "=1+1"}, planfile.Change{Field: "phone", Now: "+31612345679", Will: ""}),
		{outcome.Result{Row: 5, Action: outcome.ActionNone, Outcome: outcome.Rejected, Key: "bad", Problems: []mapping.Problem{{Code: "bad_email", Message: `"bad" is no address`}}}, "", nil},
		update(6, "joe@example.com", "=cmd|x", "12345678901234567890", planfile.Change{Field: "city", Now: "", Will: " Utrecht "}),
		{outcome.Result{Row: 7, Action: outcome.ActionNone, Outcome: outcome.Unchanged, Key: "same@example.com", ID: "2026-01-02"}, "Sam Same", nil},
		{outcome.Result{Row: 8, Action: outcome.ActionDelete, Key: "'t@example.com", ID: "7"}, "-", nil},
	}
}

func rowsOf(results []result) []planfile.Row {
	var list []planfile.Row
	for _, r := range results {
		list = append(list, planfile.RowOf(&r.res, r.name, r.changes))
	}
	return list
}

func each(list []planfile.Row) iter.Seq2[planfile.Row, error] {
	return func(yield func(planfile.Row, error) bool) {
		for _, r := range list {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// write writes the file of a plan, as a dry run does.
func write(t testing.TB, name string, results []result) string {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, name)
	outputs := state.NewOutputs(filepath.Join(folder, "state"), func(string) state.Origin { return state.Origin{} }, time.Now)
	format := sheet.XLSX
	if filepath.Ext(name) == ".csv" {
		format = sheet.CSV
	}
	about := report.About{Title: "Dry run", File: "leads.csv", Run: run, DryRun: true, Time: time.Now()}
	w, err := report.NewPlanWriter(outputs.Output(state.ReportOutput, path), format, outputs.Output(state.ReportOutput, planfile.ChangesPath(path)), about, silent{})
	if err != nil {
		t.Fatal(err)
	}
	rows := rowsOf(results)
	for i := range results {
		if err := w.Write(&results[i].res, &rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish(outcome.NewSummary(len(results))); err != nil {
		t.Fatal(err)
	}
	return path
}

// edit changes a workbook.
func edit(t testing.TB, path string, change func(f *excelize.File) error) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := errors.Join(change(f), f.Save()); err != nil {
		t.Fatal(err)
	}
}

// set gives a cell a value.
func set(sheet, cell string, value any) func(f *excelize.File) error {
	return func(f *excelize.File) error { return f.SetCellValue(sheet, cell, value) }
}

// verdict reads and compares a file: `2 4 6 8; 1 refused, 0 missing`, or the error.
func verdict(path string, results []result) string {
	text, err := check(path, results)
	if err != nil {
		return err.Error()
	}
	return text
}

func check(path string, results []result) (string, error) {
	m, err := planfile.Read(path)
	if err != nil {
		return "", err
	}
	n, err := m.Compare(each(rowsOf(results)))
	if err != nil {
		return "", err
	}
	var approved []string
	for _, r := range results {
		if ok, _ := m.Approved(r.res.Row); ok && r.res.Outcome == "" {
			approved = append(approved, fmt.Sprint(r.res.Row))
		}
	}
	if len(approved) != n.Approved || m.Run != run {
		return "", fmt.Errorf("%d are approved of run %q, and %+v counted", len(approved), m.Run, n)
	}
	return fmt.Sprintf("%s; %d refused, %d missing", strings.Join(approved, " "), n.Refused, n.Missing), nil
}

const allApproved = "2 3 4 6 8; 0 refused, 0 missing"

func TestUntouched(t *testing.T) {
	for _, name := range []string{"leads.dry-run.xlsx", "leads.dry-run.csv"} {
		if got := verdict(write(t, name, results()), results()); got != allApproved {
			t.Errorf("%s: %s", name, got)
		}
		if got := verdict(write(t, name, nil), nil); !strings.Contains(got, "no row is left") {
			t.Errorf("%s without rows: %s", name, got)
		}
	}
}

// TestWorkbook: what people see when they open it.
func TestWorkbook(t *testing.T) {
	f, err := excelize.OpenFile(write(t, "x.xlsx", results()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Plan", "Changes", "Rows", "Summary"}) || f.GetActiveSheetIndex() != 0 {
		t.Errorf("sheets %q, active %d", got, f.GetActiveSheetIndex())
	}
	plan, err := f.GetRows("Plan")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"row", "approve", "action", "key", "name", "what", "id", "plan"}
	if diff := cmp.Diff([][]string{want, {"3", "", "update", "ann@example.com", "Ann Sample", "phone (emptied), stage", "00012", run + "/3"}}, [][]string{plan[0], plan[2]}); diff != "" {
		t.Error(diff)
	}
	order := ""
	for _, r := range plan[1:] {
		order += r[0]
	}
	if order != "8346257" {
		t.Errorf("rows %s", order)
	}
	for _, tt := range []struct{ sheet, cell, fill string }{{"Plan", "B2", "FFFFE5"}, {"Plan", "C2", "F8CBAD"}, {"Plan", "C3", "DDEBF7"}, {"Plan", "F3", "FFC7CE"}, {"Plan", "F7", "FCE4D6"}, {"Changes", "F2", "FFC7CE"}} {
		id, err := f.GetCellStyle(tt.sheet, tt.cell)
		if err != nil {
			t.Fatal(err)
		}
		if style, err := f.GetStyle(id); err != nil || !slices.Equal(style.Fill.Color, []string{tt.fill}) {
			t.Errorf("%s!%s has the colour %q, want %s: %v", tt.sheet, tt.cell, style.Fill.Color, tt.fill, err)
		}
	}
	changes, err := f.GetRows("Changes")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range changes {
		got = append(got, strings.Join([]string{r[0], r[3], r[4], r[5]}, "|"))
	}
	if diff := cmp.Diff([]string{"row|field|now|will be", "3|phone|+31612345678|", "4|phone|+31612345679|", "4|note|a\nb|=1+1", "3|stage|lead|customer", "6|city|| Utrecht "}, got); diff != "" {
		t.Error(diff)
	}
	validations, err := f.GetDataValidations("Plan")
	if err != nil || len(validations) != 1 || validations[0].Sqref != "B2:B8" || validations[0].Formula1 != `"yes,no"` || validations[0].ShowErrorMessage {
		t.Errorf("%+v, %v", validations, err)
	}
	summary, err := f.GetRows("Summary")
	if err != nil || !slices.ContainsFunc(summary, func(r []string) bool { return strings.Join(r, "|") == "phone|2|2 lose it" }) {
		t.Errorf("%q, %v", summary, err)
	}
	for _, name := range []string{"Plan", "Changes", "Rows"} {
		if tables, err := f.GetTables(name); err != nil || len(tables) != 1 {
			t.Errorf("%s has no filters: %v", name, err)
		}
		if panes, err := f.GetPanes(name); err != nil || !panes.Freeze {
			t.Errorf("%s has no frozen header: %v", name, err)
		}
	}
}

// TestMarked: what people may do with a workbook.
func TestMarked(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(f *excelize.File) error
		want string
	}{
		{"words", func(f *excelize.File) error {
			return errors.Join(set("Plan", "B2", "Yes ")(f), set("Plan", "B3", "x")(f), set("Plan", "B4", false)(f), set("Plan", "B5", "no")(f), set("Plan", "B8", "Nein")(f))
		}, "2 8; 3 refused, 0 missing"},
		{"numbers and booleans", func(f *excelize.File) error {
			return errors.Join(set("Plan", "B2", true)(f), set("Plan", "B3", 0)(f), set("Plan", "B4", 1)(f))
		}, "2 4 6 8; 1 refused, 0 missing"},
		{"deleted", func(f *excelize.File) error { return errors.Join(f.RemoveRow("Plan", 4), f.RemoveRow("Plan", 2)) }, "2 3 6; 0 refused, 2 missing"},
		{"deleted with its changes", func(f *excelize.File) error { return errors.Join(f.RemoveRow("Plan", 5), f.RemoveRow("Changes", 6)) }, "2 3 4 8; 0 refused, 1 missing"},
		{"a column of one's own", func(f *excelize.File) error {
			return errors.Join(f.InsertCols("Plan", "B", 2), set("Plan", "B1", "who")(f), set("Plan", "B3", "Joe, Ann")(f), set("Plan", "D3", "no")(f), set("Plan", "L4", "without a header")(f))
		}, "2 4 6 8; 1 refused, 0 missing"},
		{"rows of one's own above", func(f *excelize.File) error {
			return errors.Join(f.InsertRows("Plan", 1, 2), set("Plan", "A1", "Looked at by Joe")(f))
		}, allApproved},
		{"renamed and moved", func(f *excelize.File) error {
			return errors.Join(f.SetSheetName("Plan", "Joe's"), f.MoveSheet("Joe's", "Summary"), f.SetSheetName("Changes", "c"), set("Joe's", "B3", "n")(f))
		}, "2 4 6 8; 1 refused, 0 missing"},
		{"hidden", func(f *excelize.File) error {
			return errors.Join(f.SetRowVisible("Plan", 3, false), f.SetColVisible("Plan", "H", false), f.SetSheetVisible("Changes", false))
		}, allApproved},
		{"without other sheets", func(f *excelize.File) error {
			return errors.Join(f.DeleteSheet("Changes"), f.DeleteSheet("Rows"), f.DeleteSheet("Summary"))
		}, allApproved},
		{"an empty sheet, and one of one cell", func(f *excelize.File) error {
			_, err := f.NewSheet("a")
			_, err2 := f.NewSheet("b")
			return errors.Join(err, err2, set("b", "A1", "a,b,c")(f), set("b", "A2", "1,2,3")(f))
		}, allApproved},
	} {
		path := write(t, "x.xlsx", results())
		edit(t, path, tt.do)
		if got := verdict(path, results()); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestRefused: what makes a workbook say something else than its plan.
func TestRefused(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(f *excelize.File) error
		want string // behind the path
		kind error
	}{
		{"a word", set("Plan", "B3", "perhaps"), `sheet "Plan": row 3, column B: "perhaps" is neither yes nor no`, planfile.ErrMark},
		{"an action", set("Plan", "C3", "delete"), `sheet "Plan": row 3, column C: "action" was changed: the plan says "update"`, planfile.ErrChanged},
		{"a key", set("Plan", "D3", "joe@example.com"), `sheet "Plan": row 3, column D: "key" was changed: the plan says "ann@example.com"`, planfile.ErrChanged},
		{"a name", set("Plan", "E3", ""), `sheet "Plan": row 3, column E: "name" was changed: the plan says "Ann Sample"`, planfile.ErrChanged},
		{"what is done", set("Plan", "F3", "phone"), `sheet "Plan": row 3, column F: "what" was changed: the plan says "phone (emptied), stage"`, planfile.ErrChanged},
		{"an id made a number", set("Plan", "G3", 12), `sheet "Plan": row 3, column G: "id" was changed: the plan says "00012"`, planfile.ErrChanged},
		{"an id made a number with an exponent", set("Plan", "G4", 1e5), `sheet "Plan": row 4, column G: "id" was changed: the plan says "1e5"`, planfile.ErrChanged},
		{"a number of a row", set("Plan", "A3", 9), `sheet "Plan": row 3, column A: the number of the row was changed: in the plan it is 3`, planfile.ErrChanged},
		{"no number of a row", set("Plan", "A3", ""), `sheet "Plan": row 3, column A: the number of the row is "", which is none`, planfile.ErrChanged},
		{"two changes", func(f *excelize.File) error { return errors.Join(set("Plan", "E4", "x")(f), set("Plan", "E3", "x")(f)) },
			`sheet "Plan": row 3, column E: "name" was changed: the plan says "Ann Sample" (and 1 more cell)`, planfile.ErrChanged},
		{"a value", set("Changes", "F5", "partner"), `sheet "Changes": row 5, column F: "will be" was changed: the plan says "customer"`, planfile.ErrChanged},
		{"a value that is to be emptied", set("Changes", "F2", "+31600000000"), `sheet "Changes": row 2, column F: "will be" was changed: the plan says ""`, planfile.ErrChanged},
		{"a value before", set("Changes", "E2", ""), `sheet "Changes": row 2, column E: "now" was changed: the plan says "+31612345678"`, planfile.ErrChanged},
		{"a field", set("Changes", "D5", "city"), `sheet "Plan": row 3, column H: the line with the change of "stage" was deleted, and the row is approved: a change alone cannot be refused (and 1 more cell)`, planfile.ErrChanged},
		{"a change deleted", func(f *excelize.File) error { return f.RemoveRow("Changes", 2) },
			`sheet "Plan": row 3, column H: the line with the change of "phone" was deleted, and the row is approved: a change alone cannot be refused`, planfile.ErrChanged},
		{"a change twice", func(f *excelize.File) error { return f.DuplicateRowTo("Changes", 2, 7) }, `sheet "Changes": row 7, column D: the change of "phone" stands here once more: it is in row 2 already`, planfile.ErrChanged},
		{"a row twice", func(f *excelize.File) error { return f.DuplicateRowTo("Plan", 3, 9) }, `sheet "Plan": row 9, column H: the row stands here once more: it is in row 3 already`, planfile.ErrChanged},
		{"a row that the plan does not have", set("Plan", "H3", run+"/99"), `sheet "Plan": row 3, column H: the plan has no row 99`, planfile.ErrChanged},
		{"a row of another plan", set("Plan", "H4", "20250702T091500Z-plan-x-4f1a9c/4"), `sheet "Plan": row 4, column H: the row is of the plan "20250702T091500Z-plan-x-4f1a9c", others are of "` + run + `"`, planfile.ErrTwoPlans},
		{"a row of one's own", set("Plan", "A9", 12), `sheet "Plan": row 9, column H: the row names no plan: only rows of the plan can stand here`, planfile.ErrChanged},
		{"no run", set("Plan", "H3", "Joe"), `sheet "Plan": row 3, column H: "Joe" names no row of a plan`, planfile.ErrChanged},
		{"merged", func(f *excelize.File) error {
			return errors.Join(set("Plan", "B2", "no")(f), f.MergeCell("Plan", "B2", "B5"))
		},
			`sheet "Plan": row 2, column B: the cells are merged: only the first one has the value, the others are read as empty; unmerge them and fill in each`, planfile.ErrUnclear},
		{"not computed", func(f *excelize.File) error { return f.SetCellFormula("Plan", "B3", `IF(C3="update","no","")`) },
			`sheet "Plan": row 3, column B: the formula was never computed, and the cell is read as empty: open the file in Excel or LibreOffice and save it`, planfile.ErrUnclear},
		{"a column gone", func(f *excelize.File) error { return f.RemoveCol("Plan", "B") }, `sheet "Plan": row 1: the column "approve" is missing`, planfile.ErrChanged},
		{"a column of its names twice", set("Plan", "I1", "Name"), `sheet "Plan": row 1, column I: a second column is called "name": give your own another name`, planfile.ErrUnclear},
		{"a copy of the sheet", func(f *excelize.File) error {
			i, err := f.NewSheet("Plan (2)")
			return errors.Join(err, f.CopySheet(0, i))
		}, `sheet "Plan (2)": the sheet "Plan" has the columns of a plan too: delete one of them`, planfile.ErrNotPlan},
		{"no plan", func(f *excelize.File) error { return f.DeleteSheet("Plan") }, `has no columns "row", "approve" and "plan": is it the file that a dry run wrote?`, planfile.ErrNotPlan},
	} {
		path := write(t, "x.xlsx", results())
		edit(t, path, tt.do)
		_, err := check(path, results())
		if !errors.Is(err, tt.kind) {
			t.Errorf("%s: %v is another error", tt.name, err)
			continue
		}
		if got := strings.TrimLeft(strings.TrimPrefix(err.Error(), fmt.Sprintf("read %q", path)), ",: "); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

func TestWhy(t *testing.T) {
	path := write(t, "x.xlsx", results())
	edit(t, path, func(f *excelize.File) error { return errors.Join(set("Plan", "B4", " No")(f), f.RemoveRow("Plan", 3)) })
	m, err := planfile.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	for number, want := range map[int]string{2: "", 3: "its row was deleted", 4: `marked "No"`} {
		if ok, why := m.Approved(number); why != want || ok != (want == "") {
			t.Errorf("row %d: %v, %q", number, ok, why)
		}
	}
	broken := errors.New("the plan cannot be read")
	if _, err := m.Compare(func(yield func(planfile.Row, error) bool) { yield(planfile.Row{}, broken) }); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

// lines are the lines of a CSV file.
func lines(t testing.TB, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

func TestCSVIsAReport(t *testing.T) {
	path := write(t, "leads.dry-run.csv", results())
	got := lines(t, path)
	if want := "row,outcome,key,id,changed,field,error,message,action,http_status,attempts,request_id,line,duration_ms,finished_at,approve,name,what,plan"; got[0] != want {
		t.Errorf("%s, want\n%s", got[0], want)
	}
	if want := `4,,'+31612345678 Łukasz,1e5,,,,,update,,0,,,0,,,Łukasz 山田,"note, phone (emptied)",` + run + "/4"; got[3] != want {
		t.Errorf("%s, want\n%s", got[3], want)
	}
	if got := lines(t, filepath.Join(filepath.Dir(path), "leads.dry-run.changes.csv")); got[0] != "row,key,name,field,now,will be,plan" || got[1] != "3,ann@example.com,Ann Sample,phone,+31612345678,,"+run+"/3" {
		t.Errorf("%q", got)
	}
}

// TestTaken: who loses what a row takes stands among the changes as a line of its own, is compared like any other, and is counted
// together with the others, however many contacts lose it.
func TestTaken(t *testing.T) {
	plan := []result{}
	changes := planfile.NewChanges(run)
	defer changes.Discard()
	for i := range 3 {
		r := result{outcome.Result{Row: i + 2, Action: outcome.ActionUpdate, Key: fmt.Sprintf("p%d@example.com", i), ID: fmt.Sprint(i)}, "P",
			[]planfile.Change{{Field: "owner", Now: "no", Will: "yes"}, planfile.Taken("owner", fmt.Sprintf("Former %d", i))}}
		plan = append(plan, r)
		row := planfile.RowOf(&r.res, r.name, r.changes)
		if err := changes.Add(&row); err != nil {
			t.Fatal(err)
		}
	}
	want := []planfile.FieldCount{{Field: "owner", Replaced: 3}, {Field: "owner of another contact", Replaced: 3}}
	if diff := cmp.Diff(want, changes.Fields()); diff != "" {
		t.Error(diff)
	}
	for _, tt := range []struct{ was, is, want string }{
		{"", "", "2 3 4; 0 refused, 0 missing"},
		{"owner of Former 1", "owner of Former 2", `the line with the change of "owner of Former 1" was deleted, and the row is approved: a change alone cannot be refused (and 1 more cell)`},
	} {
		path := write(t, "leads.dry-run.csv", plan)
		replace(t, planfile.ChangesPath(path), tt.was, tt.is)
		if got := verdict(path, plan); !strings.HasSuffix(got, tt.want) {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
}
