package planfile

import (
	"cmp"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/sheet/write"
)

// Changes collects what would become of fields, and writes it with the largest changes first: values that are lost, then
// those that are replaced, then those that are added, and of each kind the field with the most rows. Memory does not grow
// with the number of rows.
type Changes struct {
	run   string
	lists map[changeList]*fieldList
	spool spool
}

// changeList is what one list of changes is about.
type changeList struct {
	kind  changeKind
	field string
}

type fieldList struct {
	spoolList
	rows int
}

// NewChanges starts to collect the changes of a plan, which has the id of that run.
func NewChanges(run string) *Changes { return &Changes{run: run, lists: map[changeList]*fieldList{}} }

// ChangesPath is where the changes of a plan are that is a CSV file: beside it.
func ChangesPath(plan string) string {
	ext := filepath.Ext(plan)
	return strings.TrimSuffix(plan, ext) + ".changes" + ext
}

// Add collects the changes of a row, if it would be sent.
func (c *Changes) Add(r *Row) error {
	if !r.IsSent() {
		return nil
	}
	for _, change := range r.Changes {
		about := changeList{change.kind(), change.kindOfField()}
		if c.lists[about] == nil {
			c.lists[about] = &fieldList{}
		}
		l := c.lists[about]
		l.rows++
		err := c.spool.add(&l.spoolList, strconv.Itoa(r.Shown()), shown(r.Key), shown(r.Name), shown(change.Shown()), shown(change.Now), shown(change.Will), r.Ref(c.run))
		if err != nil {
			return err
		}
	}
	return nil
}

// Places of the texts of a line.
const (
	changeRow = iota
	changeKey
	changeName
	changeField
	changeNow
	changeWill
	changePlan
	changeWidth
)

// changeColumns are the columns of the changes.
func changeColumns() []write.GridColumn {
	return []write.GridColumn{
		changeRow: write.Column(rowColumn, 8), changeKey: write.Column(keyColumn, 32), changeName: write.Column(nameColumn, 28), changeField: write.Column(fieldColumn, 22),
		changeNow: write.Column(nowColumn, 60), changeWill: write.Column(willColumn, 60), changePlan: write.Column(planColumn, 46),
	}
}

// each yields the lines, the largest changes first.
func (c *Changes) each(do func(kind changeKind, line []string) error) error {
	order := slices.SortedFunc(maps.Keys(c.lists), func(a, b changeList) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(c.lists[b].rows, c.lists[a].rows), cmp.Compare(a.field, b.field))
	})
	for _, about := range order {
		err := c.spool.each(&c.lists[about].spoolList, changeWidth, func(line []string) error { return do(about.kind, line) })
		if err != nil {
			return err
		}
	}
	return nil
}

// WriteCSV writes the changes as a CSV file of that form.
func (c *Changes) WriteCSV(w io.Writer, form write.TextOptions) error {
	out, err := write.NewWriter(w, form)
	if err != nil {
		return err
	}
	var head []string
	for _, column := range changeColumns() {
		head = append(head, column.Name)
	}
	if err := out.Write(head); err != nil {
		return err
	}
	if err := c.each(func(_ changeKind, line []string) error { return out.Write(line) }); err != nil {
		return err
	}
	return out.Close()
}

// Discard frees what is held. It may be called twice.
func (c *Changes) Discard() { c.spool.close() }

// FieldCount is how many rows would change a field.
type FieldCount struct {
	Field                    string
	Emptied, Replaced, Added int
}

// Rows are all rows that would change the field.
func (f FieldCount) Rows() int { return f.Emptied + f.Replaced + f.Added }

// String reads "100 lose it, 3 change it, 7 get one".
func (f FieldCount) String() string {
	var parts []string
	for _, p := range []struct {
		rows      int
		one, many string
	}{{f.Emptied, "loses it", "lose it"}, {f.Replaced, "changes it", "change it"}, {f.Added, "gets one", "get one"}} {
		switch {
		case p.rows == 1:
			parts = append(parts, "1 "+p.one)
		case p.rows > 1:
			parts = append(parts, strconv.Itoa(p.rows)+" "+p.many)
		}
	}
	return strings.Join(parts, ", ")
}

// Fields counts the changes by field: those that most rows would lose first, then those that most would change.
func (c *Changes) Fields() []FieldCount {
	counts := map[string]*FieldCount{}
	for about, l := range c.lists {
		f := counts[about.field]
		if f == nil {
			f = &FieldCount{Field: about.field}
			counts[about.field] = f
		}
		switch about.kind {
		case emptied:
			f.Emptied = l.rows
		case replaced:
			f.Replaced = l.rows
		case added:
			f.Added = l.rows
		}
	}
	var list []FieldCount
	for _, f := range counts {
		list = append(list, *f)
	}
	slices.SortFunc(list, func(a, b FieldCount) int {
		return cmp.Or(cmp.Compare(b.Emptied, a.Emptied), cmp.Compare(b.Replaced, a.Replaced), cmp.Compare(b.Added, a.Added), cmp.Compare(a.Field, b.Field))
	})
	return list
}
