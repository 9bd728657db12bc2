package match

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/parties"
	"crmferry/mapping/match/resource"
)

func (w *matcher) hasID() bool {
	return slices.ContainsFunc(w.plan, func(f Feed) bool { return !f.Field.Writable })
}

// missing refuses a sheet that has nothing for a required field, or leaves out the only names or e-mails, unless ids say which
// contacts the rows are.
func (w *matcher) missing() *Error {
	if w.request.MatchID && !w.hasID() {
		return &Error{Message: "no column holds the ids of " + w.spec.Vendor, Hint: w.say(hint.NameID)}
	}
	if !w.request.NeedsRequired || w.hasID() {
		return nil
	}
	var fields []*resource.Field
	var names, labels []string
	for i := range w.spec.Fields {
		f := &w.spec.Fields[i]
		if f.Required && !w.hasValues(f) && !w.hasValues(w.spec.Field(f.Or)) {
			fields, names, labels = append(fields, f), append(names, f.Name), append(labels, f.Title())
		}
	}
	if names == nil {
		return w.neglected()
	}
	return &Error{
		Fields:  names,
		Message: fmt.Sprintf("no column for %s, which %s requires", strings.Join(labels, ", "), w.spec.Vendor),
		Hint:    columns.Headless(w.columns, w.missingHint(fields)),
	}
}

// missingHint says how fields get a column: by confirming what is proposed, by headers that would do, or by a map.
func (w *matcher) missingHint(fields []*resource.Field) string {
	var confirm []*columns.Column
	var hints, open []string
	for _, f := range fields {
		if c := w.proposed(f.Name); c == nil {
			open = append(open, f.Name)
			advice := fmt.Sprintf("%s: a column named %s", f.Title(), f.SomeHeaders())
			if f.Link != "" || f.Main == headers.None {
				advice += w.say(hint.ForAllRows, f.Name)
			}
			hints = append(hints, advice)
		} else if !slices.Contains(confirm, c) {
			confirm = append(confirm, c)
		}
	}
	if confirm != nil {
		_, more := w.lost()
		confirm = append(confirm, slices.DeleteFunc(more, func(c *columns.Column) bool { return slices.Contains(confirm, c) })...)
		hints = slices.Insert(hints, 0, w.confirmAll(confirm))
	}
	if open != nil {
		hints = append(hints, w.say(hint.NameColumn, w.spec.Ways(open[0])...)+columns.Unused(w.columns, w.empty))
	}
	if !slices.ContainsFunc(fields, func(f *resource.Field) bool { return !f.CreateOnly || f.Link != "" }) {
		hints = append(hints, w.say(hint.OnlyUpdate))
	}
	return strings.Join(hints, "; ")
}

// proposed is the column that is proposed for a field, nil if there is none.
func (w *matcher) proposed(field string) *columns.Column {
	i := slices.IndexFunc(w.columns, func(c columns.Column) bool {
		return c.State == columns.Proposed && slices.Contains(strings.Split(c.Field, ","), field)
	})
	if i < 0 {
		return nil
	}
	return &w.columns[i]
}

// confirmAll says how columns become what they are proposed for, those of one person only.
func (w *matcher) confirmAll(columns []*columns.Column) string {
	var facts, titles []string
	for _, c := range columns {
		facts, titles = append(facts, c.Ref(w.columns), c.Field), append(titles, c.Header)
	}
	if parties.OfSeveral(titles) {
		return w.say(hint.ConfirmOwn, facts...)
	}
	return w.say(hint.ConfirmAll, facts...)
}
