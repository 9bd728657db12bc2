package match

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/kinds"
	"crmferry/mapping/match/resource"
)

// propose makes a column one that the user may confirm; where another column feeds the field, it is named instead. It
// returns false without a field.
func (w *matcher) propose(c *columns.Column, fields, why string) bool {
	if fields == "" {
		return false
	}
	c.Field = fields
	name, _, _ := strings.Cut(fields, ",")
	if f := w.spec.Field(name); !f.List {
		if slices.Contains(w.request.Set, name) {
			c.Reason = w.everyRow(name)
			return true
		}
		for _, p := range w.plan {
			if p.Field == f {
				c.Reason = fmt.Sprintf("%s is taken from %s", name, columns.ColumnWords(p.From[0].Ref))
				return true
			}
		}
	}
	c.State = columns.Proposed
	c.Reason = fmt.Sprintf("perhaps %s: %s", fields, why) + w.say(hint.Confirm, c.Ref(w.columns), fields)
	return true
}

// guessCells proposes a field for a column by its cells.
func (w *matcher) guessCells(i int, c *columns.Column) bool {
	column, words := w.column(i), w.words(i)
	why := headers.WhyNoField(words)
	if w.own || column == nil || column.Counted < 2 && column.Share(cells.LooksEmail) < 1 || !headers.SaysStatus(words) && why != "" && why != headers.WhyID {
		return false
	}
	for _, g := range []struct {
		concept headers.Concept
		what    string
		looks   func(string) bool
	}{{headers.Email, "e-mail addresses", cells.LooksEmail}, {headers.LinkedIn, "profiles of LinkedIn", cells.LooksLinkedIn}, {headers.Phone, "phone numbers", cells.LooksPhone},
		{headers.Zip, "postal codes", cells.LooksPlainZip},
		{headers.Salutation, "salutations", cells.LooksSalutation}, {headers.Infix, "particles of names", names.LooksInfix}, {headers.Country, "countries", cells.LooksCountry},
		{headers.State, "states of the USA", cells.LooksUSState}, {headers.Stage, "stages of a sale", cells.LooksStage}, {headers.FullName, "names of people", names.LooksFullName}} {
		share := column.Share(g.looks)
		if g.concept == headers.Phone && headers.SaysNumberOf(words) {
			continue // Kunnr, Lidnr: numbers of something else
		}
		if share < 0.9 || why == headers.WhyID && g.concept != headers.Email || g.concept == headers.Country && (headers.SaysPhone(words) || kinds.AreCodes(column, c.Header)) || g.concept == headers.FullName && (headers.SaysAddressPart(words) || w.hasAny(headers.FirstName, headers.LastName, headers.FullName)) {
			continue
		}
		return w.suggest(c, g.concept, cells.DescribeShare(share, g.what))
	}
	return false
}

// suggest proposes the field of a concept that takes another column, if it would take the cells.
func (w *matcher) suggest(c *columns.Column, at headers.Concept, why string) bool {
	if w.rejectsMost(w.spec.FieldOf(at), w.column(c.Index)) != "" {
		return false
	}
	fields := w.spec.FieldNames(at)
	name, _, _ := strings.Cut(fields, ",")
	fed := slices.ContainsFunc(w.plan, func(p Feed) bool { return p.Field.Name == name })
	return (!fed || w.spec.Field(name).List) && w.propose(c, fields, why)
}

// guessSpelling proposes the field of a header that is one slip of the keyboard away.
func (w *matcher) guessSpelling(i int, c *columns.Column) bool {
	header := w.folded[i]
	if excluded := headers.WhyNoField(headers.Tokens(c.Header)); len(header) < 6 || w.own || excluded != "" && excluded != headers.WhyFact {
		return false
	}
	near, at := columns.Slip(header)
	if near == "" || w.column(i) != nil && len(kinds.CannotHold(at)) > 0 && w.cellsContradict(i, at) {
		return false
	}
	return w.suggest(c, at, fmt.Sprintf("the header looks like a slip for %q", headers.Spelled(at, near)))
}

// guessHidden proposes the field of who may see a record for a column that says so by its header or by its cells.
func (w *matcher) guessHidden(i int, c *columns.Column) bool {
	fields := w.spec.FieldsThat((*resource.Field).Hides)
	if w.own || len(fields) == 0 || w.hasValues(fields[0]) {
		return false
	}
	why := w.meaning[i].wrong
	if name := fields[0].Name; why == "" || w.fieldName(i) != name {
		share := w.column(i).Share(headers.IsVisibility)
		if share < 0.5 || w.column(i).Share(headers.IsHidden) == 0 {
			return false
		}
		why = cells.DescribeShare(share, "private or public")
	}
	return w.propose(c, fields[0].Name, why)
}
