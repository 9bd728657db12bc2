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
	visible, hidden := b.visible()
	if len(visible) == 0 {
		return nil, nil, rows.Errorf(rows.ErrNoSheet, "every sheet is hidden; there are %s", quoted(hidden))
	}
	if len(visible) == 1 {
		return visible, b.explain(visible[0], "it is the only one that is not hidden"), nil
	}
	if len(visible) > maxGlances {
		return nil, nil, rows.Errorf(rows.ErrWhichSheet, "which sheet is meant? there are %d: %s ...", len(visible), quoted(visible[:10]))
	}
	glances := make([]*glance, len(visible))
	for i, s := range visible {
		g, err := b.look(s)
		if err != nil {
			return nil, nil, err
		}
		glances[i] = g
	}
	findIndexes(glances)
	best := likeliest(glances)
	if len(best) == 0 {
		return nil, nil, rows.Errorf(rows.ErrEmpty, "there is no row in it: %s are empty", quoted(visible))
	}
	if len(best) > 1 && !(o.Further && allContinue(best)) {
		return nil, nil, rows.Errorf(rows.ErrWhichSheet, "which sheet is meant? %s", describe(best, glances))
	}
	why := []string{"it is the only one with a table"}
	if best[0].rank() == words {
		why[0] = "it is the only one with anything"
	}
	for _, g := range glances {
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

// explain tells why a sheet was chosen, if there are others.
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

func (b *workbook) visible() (visible, hidden []worksheetPart) {
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

// findIndexes marks worksheets that tell about the others: those of a few narrow rows in which each other sheet is
// named, such as the "Export Summary" that Numbers puts first.
func findIndexes(glances []*glance) {
	for _, g := range glances {
		index := g.rows > 0 && g.rows <= 3*len(glances)+6 && g.wide(3) <= 1
		for _, other := range glances {
			index = index && (other == g || other.rows == 0 || g.names[strings.ToLower(other.sheet.name)])
		}
		g.about = g.about || index
	}
}

// likeliest are the worksheets of the highest rank. Those that tell about others count only if no other has columns.
func likeliest(glances []*glance) (best []*glance) {
	about := !slices.ContainsFunc(glances, func(g *glance) bool { return !g.about && g.rank() >= some })
	top := words
	for _, g := range glances {
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

func allContinue(best []*glance) bool {
	return !slices.ContainsFunc(best[1:], func(g *glance) bool { return !g.continues(best[0]) })
}

// describe says what each worksheet holds, the likeliest first.
func describe(best, all []*glance) string {
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
