package planfile

import (
	"errors"
	"hash/maphash"
	"slices"
	"strings"

	"crmferry/internal/sheet"
	"crmferry/internal/sheet/rows"
)

// What can be wrong with the file of a plan, to be asked for with errors.Is. The error that wraps one is a *sheet.Error with
// the cell.
var (
	ErrNotPlan  = errors.New("not the file of a plan")
	ErrTwoPlans = errors.New("rows of two plans")
	ErrMark     = errors.New("neither yes nor no")
	ErrChanged  = errors.New("not as the plan says")
	ErrUnclear  = errors.New("cells that cannot be relied upon")
)

// Marks are what people wrote into the file of a plan. They count when Compare has found that the rest is as it was.
type Marks struct {
	Run string // of the plan

	seed    maphash.Seed
	tables  []*table
	lines   []line      // of the plan
	at      map[int]int // the place in lines of a row, by its number
	words   list        // that refuse rows
	fields  list        // that change
	changes map[changed]*changeLine
	listed  bool // the file lists changes
}

// list is a list of different texts, of which there are few.
type list []string

// place is where in the list a text stands, -1 if it is not in it.
func (l list) place(text string) int { return slices.Index(l, text) }

// keep puts a text into the list, if it is not in it yet. It copies the text: a cell's keeps its whole row in memory.
func (l *list) keep(text string) int {
	if i := l.place(text); i >= 0 {
		return i
	}
	*l = append(*l, strings.Clone(text))
	return len(*l) - 1
}

// line is what a file says of a row. Values are kept as their sums: they only are to be compared.
type line struct {
	place
	number   int
	shown    int
	values   [len(plannedColumns)]uint64
	word     int // the place in words of what refuses it, -1 if it is approved
	compared bool
}

// place is where in the file something stands.
type place struct{ table, row, line int32 }

// plannedColumns are the values that must come back as they were written.
var plannedColumns = [...]string{actionColumn, keyColumn, nameColumn, whatColumn, idColumn}

// planned are those values of a row.
func planned(r *Row) [len(plannedColumns)]string {
	return [...]string{string(r.Action), r.Key, r.Name, r.What, r.ID}
}

// changed is a field of a row: the row's number, and the place in fields.
type changed struct{ number, field int }

type changeLine struct {
	place
	now, will uint64
	compared  bool
}

// Read reads the file of a plan: a workbook, whatever its sheets are called, or a CSV file, in the form in which spreadsheet
// programs save it. Rows may have been sorted and deleted, and columns moved and added. A workbook's changes are read with
// it, and those beside a CSV file (ChangesPath). Errors about the file are a *sheet.Error.
func Read(path string) (*Marks, error) {
	m := &Marks{seed: maphash.MakeSeed(), at: map[int]int{}, changes: map[changed]*changeLine{}}
	tables, err := findTables(path)
	if err != nil {
		return nil, err
	}
	plan, err := planOf(path, tables)
	if err != nil {
		return nil, err
	}
	m.tables = append(m.tables, plan)
	if err := plan.read(m.readRow); err != nil {
		return nil, err
	}
	if m.Run == "" {
		return nil, plan.errorf(place{}, "", ErrNotPlan, "no row is left, so that it names no plan")
	}
	if plan.format == sheet.CSV {
		if tables, err = besides(path); err != nil {
			return nil, err
		}
	}
	for _, t := range tables {
		if err := m.readChanges(t); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// planOf is the table that is the plan.
func planOf(path string, tables []*table) (*table, error) {
	plans := slices.DeleteFunc(slices.Clone(tables), func(t *table) bool { return !t.isPlan() })
	switch len(plans) {
	case 0:
		return nil, &sheet.Error{Path: path, Err: rows.Errorf(ErrNotPlan, "has no columns %q, %q and %q: is it the file that a dry run wrote?", rowColumn, approveColumn, planColumn)}
	case 1:
		return plans[0], plans[0].lacks(append(plannedColumns[:], rowColumn, approveColumn, planColumn))
	}
	return nil, plans[1].errorf(place{}, "", ErrNotPlan, "the sheet %q has the columns of a plan too: delete one of them", plans[0].sheet)
}

// besides are the tables of the file with the changes of a plan, none if there is no such file.
func besides(plan string) ([]*table, error) {
	tables, err := findTables(ChangesPath(plan))
	if errors.Is(err, rows.ErrNoFile) {
		return nil, nil
	}
	return tables, err
}

// readRow reads a row of the plan.
func (m *Marks) readRow(t *table, row sheet.Row) error {
	at := place{0, int32(row.Number), int32(row.Line)}
	number, err := m.readRef(t, row, at)
	if err != nil {
		return err
	}
	if first, twice := m.at[number]; twice {
		return t.errorf(at, planColumn, ErrChanged, "the row stands here once more: it is in row %d already", m.lines[first].row)
	}
	l := line{place: at, number: number, word: -1}
	if l.shown, err = rowNumber(t.cell(row, rowColumn)); err != nil {
		return t.errorf(at, rowColumn, ErrChanged, "the number of the row is %q, which is none", t.cell(row, rowColumn))
	}
	for i, c := range plannedColumns {
		l.values[i] = m.sum(fold(t.cell(row, c)))
	}
	mark := t.cell(row, approveColumn)
	approved, ok := readMark(mark)
	if !ok {
		return t.errorf(at, approveColumn, ErrMark, "%q is neither yes nor no", rows.Clip(mark, 60))
	}
	if !approved {
		l.word = m.words.keep(strings.TrimSpace(mark))
	}
	m.at[number] = len(m.lines)
	m.lines = append(m.lines, l)
	return nil
}

// readRef reads which row of which plan a row is. All rows are of one plan.
func (m *Marks) readRef(t *table, row sheet.Row, at place) (number int, err error) {
	if row.Shifted {
		return 0, t.errorf(at, "", ErrUnclear, "the row has more cells than the header: put the cell that has a delimiter in it between quotes")
	}
	text := strings.TrimSpace(t.cell(row, planColumn))
	run, number, ok := parseRef(text)
	switch {
	case text == "":
		return 0, t.errorf(at, planColumn, ErrChanged, "the row names no plan: only rows of the plan can stand here")
	case !ok:
		return 0, t.errorf(at, planColumn, ErrChanged, "%q names no row of a plan", rows.Clip(text, 60))
	case m.Run != "" && run != m.Run:
		return 0, t.errorf(at, planColumn, ErrTwoPlans, "the row is of the plan %q, others are of %q", run, m.Run)
	}
	if m.Run == "" {
		m.Run = strings.Clone(run)
	}
	return number, nil
}

// readChanges reads a table if it lists changes of the plan.
func (m *Marks) readChanges(t *table) error {
	if !t.isChanges() {
		return nil
	}
	if err := t.lacks([]string{fieldColumn, nowColumn, willColumn, planColumn}); err != nil {
		return err
	}
	id := int32(len(m.tables))
	m.tables = append(m.tables, t)
	m.listed = t.format == sheet.XLSX
	err := t.read(func(t *table, row sheet.Row) error {
		at := place{id, int32(row.Number), int32(row.Line)}
		number, err := m.readRef(t, row, at)
		if errors.Is(err, ErrTwoPlans) && !m.listed {
			return errOtherPlan
		}
		if err != nil {
			return err
		}
		field := fold(t.cell(row, fieldColumn))
		about := changed{number, m.fields.keep(field)}
		if first := m.changes[about]; first != nil {
			return t.errorf(at, fieldColumn, ErrChanged, "the change of %q stands here once more: it is in row %d already", rows.Clip(field, 60), first.row)
		}
		m.listed = true
		m.changes[about] = &changeLine{place: at, now: m.sum(fold(t.cell(row, nowColumn))), will: m.sum(fold(t.cell(row, willColumn)))}
		return nil
	})
	if errors.Is(err, errOtherPlan) {
		return nil
	}
	return err
}

// errOtherPlan ends the reading of a file of changes that is beside a plan and not about it.
var errOtherPlan = errors.New("changes of another plan")

func (m *Marks) sum(text string) uint64 { return maphash.String(m.seed, text) }
