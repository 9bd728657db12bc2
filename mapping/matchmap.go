package mapping

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/cell"
	"crmferry/mapping/headers"
)

// target is a field that --map or a map file gives a column.
type target struct {
	field int
	part  headers.Concept
	how   string // "--map", "map file"
}

// readMaps reads --map and the map file; --map wins.
func (w *matcher[C]) readMaps() *MatchError {
	w.explicit, w.ignoredBy = map[int][]target{}, map[int]string{}
	drift := &drift{whole: slices.ContainsFunc(w.o.MapFile, func(e MapEntry) bool { return e.How != "" })}
	var first *MatchError
	for _, e := range w.o.MapFile {
		if drift.whole && !w.stillThere(e.Column) {
			drift.gone = append(drift.gone, e.Column)
		} else if err := w.addMap(e.Column, e.Field, "map file"); err != nil && first == nil {
			first = err
		}
	}
	fromFile := w.explicit
	w.explicit = map[int][]target{}
	for _, arg := range w.o.Map {
		if err := w.readMap(arg); err != nil && first == nil {
			first = err
		}
	}
	for column, targets := range fromFile {
		if _, ok := w.explicit[column]; !ok {
			w.explicit[column] = targets
		}
	}
	if first == nil && drift.whole {
		first = w.drifted(drift)
	}
	return first
}

// readMap reads one --map.
func (w *matcher[C]) readMap(arg string) *MatchError {
	i := strings.LastIndexByte(arg, '=')
	if i < 0 {
		return &MatchError{Message: fmt.Sprintf("--map %q has no =", arg), Hint: `write it as --map "HEADER=field"`}
	}
	return w.addMap(arg[:i], arg[i+1:], "--map")
}

// MapFlag is the --map that puts a column into a field, to be pasted into a shell: in single quotes where that would read
// more into double ones.
func MapFlag(column, field string) string {
	word := strings.Join(strings.Fields(column), " ") + "=" + field // a header of two lines is found by one, too
	if strings.ContainsAny(word, "\"$`\\!") {
		return "--map '" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return `--map "` + word + `"`
}

// drift is how a sheet differs from the one that a map file was written for. A file that check wrote is whole: it has a
// line for every column, which says how its field was found.
type drift struct {
	whole bool
	gone  []string
}

// stillThere says whether a line of a whole map file still names one column: a letter names a column that no header can.
func (w *matcher[C]) stillThere(name string) bool {
	i, err := w.findColumn(name, "map file")
	if err != nil {
		return false
	}
	ref := w.m.Columns[i].Ref(w.m.Columns)
	return ref == headers.Clean(name) || !strings.HasPrefix(headers.Clean(name), "#") && headers.FoldHeader(ref) == headers.FoldHeader(name)
}

// drifted refuses a sheet that has other columns than the map file knows.
func (w *matcher[C]) drifted(d *drift) *MatchError {
	var changes []string
	if len(d.gone) > 0 {
		changes = append(changes, fmt.Sprintf("gone: %s", quoteAll(d.gone)))
	}
	var added []string
	for i, c := range w.m.Columns {
		if _, known := w.explicit[i]; !known && c.State == 0 {
			added = append(added, c.Ref(w.m.Columns))
		}
	}
	if len(added) > 0 {
		changes = append(changes, fmt.Sprintf("new: %s", quoteAll(added)))
	}
	if changes == nil {
		return nil
	}
	return &MatchError{Message: "the columns of the sheet have changed since the map file was written; " + strings.Join(changes, "; "),
		Hint: "change the first column of the map file where a header was renamed, and add or remove lines; or let check --map-file OLD --write-map NEW write what is known of the sheet as it is now"}
}

func quoteAll(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = fmt.Sprintf("%q", word)
	}
	return strings.Join(quoted, ", ")
}

// MapLines are the lines of a map file that says of all columns what is known of them. Those of a rejects file are left
// out.
func MapLines(columns []Column) []MapLine {
	var lines []MapLine
	for _, c := range columns {
		if IsOwnColumn(headers.Clean(c.Header)) {
			continue
		}
		l := MapLine{Column: c.Ref(columns), How: c.How, Example: c.Example}
		switch c.State {
		case Mapped:
			l.Field = c.Field
		case Proposed:
			l.How = "proposed: " + c.Reason
		case ReadOnlyColumn:
			l.How = "read-only: " + c.Field
		default:
			l.How = "ignored: " + c.Reason
		}
		lines = append(lines, l)
	}
	return lines
}

// addMap gives the column named by header its fields, or none.
func (w *matcher[C]) addMap(header, fields, how string) *MatchError {
	column, err := w.findColumn(header, how)
	if err != nil {
		return err
	}
	targets := []target{}
	for name := range strings.SplitSeq(fields, ",") {
		if name = headers.Clean(name); name == "" {
			continue
		}
		t, err := w.findTarget(name, how)
		if err != nil {
			return err
		}
		targets = append(targets, t)
	}
	if known, twice := w.explicit[column]; twice {
		if targets, err = w.joinTargets(column, known, targets, how); err != nil {
			return err
		}
	}
	if len(targets) > 1 { // both halves of a name from one column
		for i := range targets {
			if headers.IsNamePart(targets[i].part) {
				targets[i].part = headers.FullName
			}
		}
	}
	w.explicit[column] = targets
	if len(targets) == 0 {
		w.ignoredBy[column] = how
	}
	return nil
}

// joinTargets puts together what two lines say of one column: the same, or both halves of a name. It refuses others.
func (w *matcher[C]) joinTargets(column int, known, more []target, how string) ([]target, *MatchError) {
	both, same := slices.Clone(known), len(known) == len(more)
	for _, t := range more {
		if !slices.ContainsFunc(known, func(k target) bool { return k.field == t.field }) {
			both, same = append(both, t), false
		}
	}
	isName := func(t target) bool { return headers.IsNamePart(t.part) || t.part == headers.FullName }
	names := len(known) > 0 && len(more) > 0 && !slices.ContainsFunc(both, func(t target) bool { return !isName(t) })
	if same || names {
		return both, nil
	}
	return nil, &MatchError{Message: fmt.Sprintf("%s: %s becomes both %s and %s", how, ColumnWords(w.m.Columns[column].Ref(w.m.Columns)),
		w.targetNames(known), w.targetNames(more)), Hint: "keep one of the two"}
}

func (w *matcher[C]) targetNames(targets []target) string {
	names := make([]string, len(targets))
	for i, t := range targets {
		names[i] = w.t.Fields[t.field].Name
	}
	return cmp.Or(strings.Join(names, ","), "nothing")
}

// findColumn finds a column by its header, or by its letter after a #.
func (w *matcher[C]) findColumn(header, how string) (int, *MatchError) {
	header = headers.Clean(header)
	if letters, ok := strings.CutPrefix(header, "#"); ok && how == "map file" { // check writes headers with a # by their letter
		if i, ok := cell.ColumnIndex(letters); ok && i < len(w.m.Columns) {
			return i, nil
		}
	}
	var found []int
	for i, c := range w.m.Columns {
		if headers.Clean(c.Header) == header {
			found = append(found, i)
		}
	}
	if letters, ok := strings.CutPrefix(header, "#"); ok && len(found) == 0 {
		i, ok := cell.ColumnIndex(letters)
		if !ok || i >= len(w.m.Columns) {
			return 0, &MatchError{Message: fmt.Sprintf("%s: the sheet has no column %s", how, letters),
				Hint: fmt.Sprintf("its columns go from #A to #%s", cell.ColumnLetter(len(w.m.Columns)-1))}
		}
		return i, nil
	}
	if folded := headers.FoldHeader(header); len(found) == 0 && folded != "" {
		for i := range w.folded {
			if w.folded[i] == folded {
				found = append(found, i)
			}
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return 0, &MatchError{Message: fmt.Sprintf("%s: the sheet has no column %q", how, header), Hint: w.nearestHeader(header)}
	}
	letters := make([]string, len(found))
	for i, f := range found {
		letters[i] = "#" + cell.ColumnLetter(f)
	}
	return 0, &MatchError{Message: fmt.Sprintf("%s: several columns are named %q: %s", how, header, strings.Join(letters, ", ")),
		Hint: fmt.Sprintf(`name one by its letter, as in --map "%s=FIELD"`, letters[0])}
}

func (w *matcher[C]) nearestHeader(header string) string {
	var known []string
	for _, c := range w.m.Columns {
		if h := headers.Clean(c.Header); h != "" {
			known = append(known, h)
		}
	}
	if near := nearest(header, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(known) > 8 {
		known = append(known[:8:8], "...")
	}
	return "its columns are " + strings.Join(known, ", ")
}

// findTarget finds a field that may be written, or the id.
func (w *matcher[C]) findTarget(name, how string) (target, *MatchError) {
	i, err := w.t.find(name, how)
	if err != nil {
		return target{}, err
	}
	f := &w.t.Fields[i]
	switch {
	case f.Writable:
		return target{i, f.main, how}, nil
	case f.read == nil:
		return target{}, &MatchError{Message: fmt.Sprintf("%s: %s cannot be written: %s", how, f.Name, f.Note),
			Hint: w.t.listing()}
	case !w.o.MatchID && (!w.m.own || w.o.MatchEmail):
		return target{}, &MatchError{Message: fmt.Sprintf("%s: %s cannot be written", how, f.Name), Hint: "to match rows by the CRM's ids, add --match id"}
	}
	return target{i, headers.None, how}, nil
}

// find finds a field by its name, label or further names, however they are written.
func (t *Table[C]) find(name, how string) (int, *MatchError) {
	if hit, ok := t.nameIndex()[headers.FoldHeader(name)]; ok {
		return hit.field, nil
	}
	names := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		names[i] = f.Name
	}
	hint := t.listing()
	if near := nearest(name, names); near != "" {
		hint = fmt.Sprintf("did you mean %s?", near)
	}
	return 0, &MatchError{Message: fmt.Sprintf("%s: %s has no field %q", how, t.Vendor, name), Hint: hint}
}

// listing says where the fields are listed.
func (t *Table[C]) listing() string {
	name := t.Vendor
	if t.Resource != "contacts" {
		name += "/" + t.Resource
	}
	return fmt.Sprintf("crmferry fields %s lists the fields", name)
}

// nearest finds the most similar of a few words, "" if none is similar.
func nearest(word string, words []string) string {
	best, least := "", len(headers.Fold(word))/2+1
	for _, w := range words {
		if d := distance(headers.Fold(word), headers.Fold(w)); d < least {
			best, least = w, d
		}
	}
	return best
}

// distance counts the slips between two words: a letter too many, too few or wrong, or two that changed places.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range len(b) {
			cost := last[j]
			if a[i] != b[j] {
				cost++
			}
			row[j+1] = min(cost, row[j]+1, last[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
