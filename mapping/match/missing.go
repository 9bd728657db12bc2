package match

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/headers"
)

func (w *matcher) hasID() bool {
	return slices.ContainsFunc(w.plan, func(f Feed) bool { return !f.Field.Writable })
}

// missing refuses a sheet that has nothing for a required field, unless ids say which contacts the rows are.
func (w *matcher) missing() *Error {
	if w.request.MatchID && !w.hasID() {
		return &Error{Message: "no column holds the ids of " + w.spec.Vendor, Hint: `name it with --map "HEADER=id"`}
	}
	if !w.request.NeedsRequired || w.hasID() {
		return nil
	}
	var fields []*Field
	var names []string
	for i := range w.spec.Fields {
		f := &w.spec.Fields[i]
		fed := slices.ContainsFunc(w.plan, func(p Feed) bool { return p.Field == f })
		if f.Required && !fed && !slices.Contains(w.request.Set, f.Name) && !slices.Contains(w.request.Default, f.Name) {
			fields, names = append(fields, f), append(names, f.Name)
		}
	}
	if names == nil {
		return nil
	}
	return &Error{
		Fields:  names,
		Message: fmt.Sprintf("no column for %s, which %s requires", strings.Join(names, ", "), w.spec.Vendor),
		Hint:    w.missingHint(fields),
	}
}

// missingHint says how fields get a column: by confirming what is proposed, by headers that would do, or by --map.
func (w *matcher) missingHint(fields []*Field) string {
	var confirm, hints, open []string
	for _, f := range fields {
		if said := w.proposed(f.Name); said == "" {
			open = append(open, f.Name)
			hint := fmt.Sprintf("%s: a column named %s", f.Name, someOf(f.Headers(), f.Label))
			if f.Link != "" {
				hint += fmt.Sprintf(`, or --default "%s=NAME" for all rows`, f.Name)
			}
			hints = append(hints, hint)
		} else if !slices.Contains(confirm, said) {
			confirm = append(confirm, said)
		}
	}
	if confirm != nil {
		hints = slices.Insert(hints, 0, "if it is right, confirm what is proposed with "+strings.Join(confirm, " "))
	}
	if open != nil {
		hints = append(hints, fmt.Sprintf(`or name a column yourself with --map "HEADER=%s"%s`, open[0], w.unused()))
	}
	return strings.Join(hints, "; ")
}

// proposed is the --map that confirms the column that is proposed for a field, "" if there is none.
func (w *matcher) proposed(field string) string {
	for _, c := range w.columns {
		if c.State == Proposed && slices.Contains(strings.Split(c.Field, ","), field) {
			return MapFlag(c.Ref(w.columns), c.Field)
		}
	}
	return ""
}

// unused names the first columns with cells that nothing uses.
func (w *matcher) unused() string {
	const most = 6
	var refs []string
	for i, c := range w.columns {
		if c.State == Ignored && c.Field == "" && !w.empty(i) && !IsOwnColumn(c.Header) {
			refs = append(refs, fmt.Sprintf("%q", c.Ref(w.columns)))
		}
	}
	if refs == nil {
		return ""
	}
	if len(refs) > most {
		refs = append(refs[:most], "...")
	}
	return "; not used yet: " + strings.Join(refs, ", ")
}

// someOf shows the first few headers that would do.
func someOf(known []string, label string) string {
	shown := []string{fmt.Sprintf("%q", label)}
	for _, h := range known {
		if len(shown) < 5 && !strings.ContainsAny(h, "#._") && headers.FoldHeader(h) != headers.FoldHeader(label) {
			shown = append(shown, fmt.Sprintf("%q", h))
		}
	}
	return strings.Join(shown, ", ")
}
