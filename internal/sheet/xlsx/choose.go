package xlsx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/sheet/rows"
)

// maxGlances is how many worksheets are looked at.
const maxGlances = 250

// choose is the worksheet of that name, or the only one that holds a table, and those that go on from it; and which it is
// and why, if there are several.
func (b *workbook) choose(o Options) ([]worksheetPart, []rows.Fact, error) {
	if len(b.sheets) == 0 {
		return nil, nil, rows.Errorf(rows.ErrEmpty, "there is no worksheet in the workbook")
	}
	if o.Sheet != "" {
		return b.named(o.Sheet)
	}
	visible, hidden := b.byVisibility()
	if len(visible) == 0 {
		return nil, nil, rows.Errorf(rows.ErrNoSheet, "every sheet is hidden; there are %s", quoted(hidden))
	}
	if len(visible) == 1 {
		return visible, b.explain(visible[0], "it is the only one that is not hidden"), nil
	}
	if len(visible) > maxGlances {
		return nil, nil, rows.Errorf(rows.ErrWhichSheet, "which sheet is meant? there are %d: %s ...", len(visible), quoted(visible[:10]))
	}
	previews := make([]*preview, len(visible))
	for i, s := range visible {
		g, err := b.previewSheet(s)
		if err != nil {
			return nil, nil, err
		}
		previews[i] = g
	}
	markIndexes(previews)
	best := highestRanked(previews)
	if len(best) == 0 {
		return nil, nil, rows.Errorf(rows.ErrEmpty, "there is no row in it: %s are empty", quoted(visible))
	}
	if len(best) > 1 && !(o.Further && allContinue(best)) {
		return nil, nil, rows.Errorf(rows.ErrWhichSheet, "which sheet is meant? %s", describe(best, previews))
	}
	why := []string{"it is the only one with a table"}
	if best[0].rank() == words {
		why[0] = "it is the only one with anything"
	}
	for _, g := range previews {
		if !slices.Contains(best, g) {
			why = append(why, g.String())
		}
	}
	var chosen []worksheetPart
	for _, g := range best {
		chosen = append(chosen, g.sheet)
	}
	return chosen, b.explain(best[0].sheet, why...), nil
}

func (b *workbook) named(name string) ([]worksheetPart, []rows.Fact, error) {
	for _, s := range b.sheets {
		if strings.EqualFold(s.name, name) {
			return []worksheetPart{s}, b.explain(s, "it was named"), nil
		}
	}
	return nil, nil, rows.Errorf(rows.ErrNoSheet, "there is no sheet %q; there are %s", name, quoted(b.sheets))
}

// explain says why a sheet was chosen, if there are others.
func (b *workbook) explain(s worksheetPart, why ...string) []rows.Fact {
	for _, other := range b.sheets {
		if other.name != s.name && !other.visible {
			why = append(why, fmt.Sprintf("%q is hidden", other.name))
		}
	}
	if len(b.sheets) < 2 {
		return nil
	}
	return []rows.Fact{{What: "sheet", Value: s.name, Why: strings.Join(why, "; ")}}
}

// byVisibility separates the worksheets that are shown from those that are hidden.
func (b *workbook) byVisibility() (visible, hidden []worksheetPart) {
	for _, s := range b.sheets {
		if s.visible {
			visible = append(visible, s)
		} else {
			hidden = append(hidden, s)
		}
	}
	return visible, hidden
}

// quoted lists the names of worksheets.
func quoted(sheets []worksheetPart) string {
	var names []string
	for _, s := range sheets {
		names = append(names, strconv.Quote(s.name))
	}
	return strings.Join(names, ", ")
}

// markIndexes marks worksheets that are about the others: those of a few narrow rows in which each other sheet is
// named, such as the "Export Summary" that Numbers puts first.
func markIndexes(previews []*preview) {
	for _, g := range previews {
		index := g.rows > 0 && g.rows <= 3*len(previews)+6 && g.wide(3) <= 1
		for _, other := range previews {
			index = index && (other == g || other.rows == 0 || g.names[strings.ToLower(other.sheet.name)])
		}
		g.about = g.about || index
	}
}

// highestRanked are the worksheets of the highest rank. Those that are about others count only if no other has columns.
func highestRanked(previews []*preview) (best []*preview) {
	about := !slices.ContainsFunc(previews, func(g *preview) bool { return !g.about && g.rank() >= some })
	top := words
	for _, g := range previews {
		if g.about && !about {
			continue
		}
		if g.rank() > top {
			top, best = g.rank(), nil
		}
		if g.rank() == top {
			best = append(best, g)
		}
	}
	return best
}

// allContinue reports whether all go on from the first one.
func allContinue(best []*preview) bool {
	return !slices.ContainsFunc(best[1:], func(g *preview) bool { return !g.continues(best[0]) })
}

// describe says what each worksheet holds, those of the highest rank first.
func describe(best, all []*preview) string {
	var parts []string
	for i, g := range best {
		text := g.String()
		if i > 0 && g.continues(best[0]) {
			text = fmt.Sprintf("%q goes on from %q: read them one after the other", g.sheet.name, best[0].sheet.name)
		}
		parts = append(parts, text)
	}
	for _, g := range all {
		if !slices.Contains(best, g) {
			parts = append(parts, g.String())
		}
	}
	return strings.Join(parts, "; ")
}
