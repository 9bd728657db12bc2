package text

import (
	"slices"
	"strings"

	"crmferry/mapping/match/columns"
)

// respelt is the command with custom fields as the vendor writes them, in place of others that differ by capitals only. What it
// does is "" where there are none, or where no flag has them.
func (g Given) respelt(fields, given []string) (Given, string) {
	words := ""
	for _, field := range fields {
		for _, other := range given {
			if other == field || !strings.EqualFold(other, field) {
				continue
			}
			if changed, ok := g.renamed(other, field); ok {
				g, words = changed, words+", and "+field+" for "+other
			}
		}
	}
	if words != "" {
		words = "write " + strings.TrimPrefix(words, ", and ")
	}
	return g, words
}

// withoutCustom is the command that sends no such custom fields: their columns are ignored.
func (g Given) withoutCustom(fields []string, all []columns.Column) Given {
	for _, field := range fields {
		changed, ok := g.renamed(field, "")
		if g = changed; ok {
			continue
		}
		for _, c := range all {
			if c.State == columns.Mapped && slices.Contains(strings.Split(c.Field, ","), field) {
				g.Flags = append(slices.Clone(g.Flags), Flag{Name: "map", Words: []string{"--map", c.Ref(all) + "=" + renameIn(c.Field, field, "")}})
			}
		}
	}
	return g
}

// renamed is the command that gives another field what it gives a field, or nothing if the other is "". It is not ok where no flag
// gives the field.
func (g Given) renamed(field, to string) (_ Given, ok bool) {
	g.Flags = slices.Clone(g.Flags)
	for i, f := range g.Flags {
		if f.Name != "map" && f.Name != "set" && f.Name != "default" {
			continue
		}
		var words []string
		for pair := range slices.Chunk(f.Words, 2) {
			arg := pair[len(pair)-1]
			if at := strings.LastIndexByte(arg, '='); f.Name == "map" && slices.Contains(strings.Split(arg[at+1:], ","), field) {
				arg, ok = arg[:at+1]+renameIn(arg[at+1:], field, to), true
			} else if value, of := strings.CutPrefix(arg, field+"="); of && f.Name != "map" {
				arg, ok = to+"="+value, true
				if to == "" {
					continue
				}
			}
			words = append(words, "--"+f.Name, arg)
		}
		g.Flags[i].Words = words
	}
	return g, ok
}

// renameIn puts another name, or nothing, in the place of one among fields that a comma parts.
func renameIn(fields, name, to string) string {
	var list []string
	for f := range strings.SplitSeq(fields, ",") {
		if f == name {
			f = to
		}
		if f != "" {
			list = append(list, f)
		}
	}
	return strings.Join(list, ",")
}
