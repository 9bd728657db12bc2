// Package parties is about the people whom the rows of a sheet name beside their fields: "Seller First Name", "Seller Email".
package parties

import (
	"maps"
	"slices"

	"crmferry/internal/crm"
	"crmferry/mapping/headers"
)

// Party is one of those people, with what their columns say of them.
type Party struct {
	headers.Party
	Says map[int]headers.Word // by column
}

// Columns are the columns of a party, in the order of the sheet.
func (p *Party) Columns() []int { return slices.Sorted(maps.Keys(p.Says)) }

// Count is how many columns of a party say one of several concepts.
func (p *Party) Count(of ...headers.Concept) (n int) {
	for _, says := range p.Says {
		if slices.Contains(of, says.Concept) {
			n++
		}
	}
	return n
}

// IsWhole reports whether a party has columns for a whole name.
func (p *Party) IsWhole() bool {
	return p.Count(headers.FirstName)*p.Count(headers.LastName)+p.Count(headers.FullName, headers.Name) > 0
}

// Concepts are those that a party has columns for.
func (p *Party) Concepts() (list []headers.Concept) {
	for _, says := range p.Says {
		list = append(list, says.Concept)
	}
	return list
}

// Kin is what a part of a name is compared as: a name. Other concepts are compared as themselves.
func Kin(c headers.Concept) headers.Concept {
	if headers.IsNamePart(c) {
		return headers.FullName
	}
	return c
}

// Differ reports whether two columns hold something else in most rows that have both.
func Differ(rows [][]string, a, b int) bool {
	compared, other := 0, 0
	for _, row := range rows {
		if max(a, b) < len(row) && row[a] != "" && row[b] != "" {
			if compared++; crm.Fold(row[a]) != crm.Fold(row[b]) {
				other++
			}
		}
	}
	return 2*other > compared
}
