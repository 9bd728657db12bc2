package text

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/cli/advice"
	"crmferry/internal/crm"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/mapping"
	"crmferry/mapping/match/columns"
)

// unreadPlanned warns of what updates may empty, unless it is known that there are none; a dry run says so once it knows whether there
// are.
func unreadPlanned(e job.ImportPlanned) []Message {
	q := e.Request
	switch {
	case q.DryRun || q.Deletes() || e.Mode == modes.CreateOnly:
	case e.Applied != nil && e.Applied.Actions[outcome.ActionUpdate] == 0:
	case q.Undo != nil && q.Undo.Counts().Updated == 0:
	default:
		return mayEmpty(e.ImportFacts)
	}
	return nil
}

// mayEmpty says what an update may empty because it cannot be read, and what keeps that from being done.
func mayEmpty(f job.ImportFacts) []Message {
	unread := f.Request.Resource.Unread()
	if unread == "" {
		return nil
	}
	way := ""
	if given := customGiven(f); given != nil {
		all, some := givenToRows(f, given)
		if len(all) == 1 {
			way = "; " + all[0] + " is given, and sent along"
		} else if all != nil {
			way = "; " + humanize.List(all) + " are given, and sent along"
		}
		for _, s := range some {
			way += "; " + s
		}
	} else if f.Request.Undo == nil && f.Applied == nil {
		way = fmt.Sprintf("; %s sends one along, --mode create updates none", advice.MapFlag("HEADER", crm.CustomPrefix+"NAME"))
	}
	return []Message{Warnf("%s%s", unread, way)}
}

// givenToRows parts custom fields into those that all rows give, and words on those that some do not.
func givenToRows(f job.ImportFacts, given []string) (all, some []string) {
	becomes := "of the others none updates a record"
	if slices.Contains(f.Request.Accept, outcome.CodeEmptyCustom) {
		becomes = "the others may empty it"
	}
	valued := namesOf(slices.Concat(f.Request.Match.Set, f.Request.Match.Default))
	for _, name := range given {
		filled := 0
		for _, c := range f.Survey.Columns {
			if c.State == columns.Mapped && slices.Contains(strings.Split(c.Field, ","), name) {
				filled = max(filled, c.Filled)
			}
		}
		if slices.Contains(valued, name) || filled >= f.Survey.Rows || f.Request.Undo != nil || f.Applied != nil {
			all = append(all, name)
		} else {
			some = append(some, fmt.Sprintf("%s is given in %d of %s: %s", name, filled, humanize.Count(int64(f.Survey.Rows), "row"), becomes))
		}
	}
	return all, some
}

// customGiven are the custom fields that columns, values for all rows or defaults give.
func customGiven(f job.ImportFacts) []string {
	names := slices.Concat(columns.Customs(f.Survey.Columns), namesOf(f.Request.Match.Set), namesOf(f.Request.Match.Default))
	var once []string
	for _, name := range names {
		if strings.HasPrefix(name, crm.CustomPrefix) && !slices.Contains(once, name) {
			once = append(once, name)
		}
	}
	return once
}

// namesOf are the fields that values are given to: field=value.
func namesOf(args []string) (names []string) {
	for _, arg := range args {
		name, _, _ := strings.Cut(arg, "=")
		names = append(names, strings.TrimSpace(name))
	}
	return names
}

// way is a way on: what it does, and the flags that do it.
type way struct {
	words string
	flags []string
}

// customWays are the ways to give custom fields that rows lack: those that columns are for by a default, the others by columns, of
// which those that bear their names are known, or by values.
func customWays(fields, named, mapped []string, updates bool) []way {
	var maps, sets, defaults, without []string
	beware := ""
	if updates {
		beware = ", in place of what records that are there hold, which cannot be read"
	}
	for i, field := range fields {
		if slices.Contains(mapped, field) {
			defaults, without = append(defaults, "--default", field+"=VALUE"), append(without, field)
			continue
		}
		maps, sets = append(maps, "--map", cmp.Or(named[i], "HEADER")+"="+field), append(sets, "--set", field+"=VALUE")
	}
	if maps == nil {
		return []way{{"fill the empty cells of " + humanize.List(without) + ", or give the rows that have none a value" + beware, defaults}}
	}
	return []way{{"name the column that has it", append(maps, defaults...)}, {"give all rows one value" + beware, append(sets, defaults...)}}
}

// giveCustom are the commands that send custom fields which the account seems to require, or which an update would empty. again is the
// import once more.
func giveCustom(r *job.ImportResult, g Given, again func(g Given, add ...string) string) (ways []string) {
	fields, given := r.Summary.Lacking, customGiven(r.ImportFacts)
	if r.Request.Undo != nil || r.Applied != nil {
		return nil
	}
	vendor := r.Request.Resource.Vendor().Name
	if len(fields) > 0 {
		if g, words := g.respelt(fields, given); words != "" {
			return []string{words + ": " + again(g)}
		}
		says := vendor + " seems to require " + humanize.List(fields) + "; "
		if r.Summary.Count(outcome.CodeLacksCustom) == 0 {
			says = ""
		}
		for _, w := range customWays(fields, columns.Named(r.Survey.Columns, fields), columns.Customs(r.Survey.Columns), r.Summary.Actions[outcome.ActionUpdate]+r.Summary.Count(outcome.CodeEmptyCustom) > 0) {
			ways = append(ways, says+w.words+": "+again(g, w.flags...))
			says = ""
		}
	}
	if r.Summary.Count(outcome.CodeEmptyCustom) > 0 {
		ways = append(ways, "let the updates empty them: "+again(g, "--accept", outcome.CodeEmptyCustom))
	}
	if refused := r.Summary.Refused; len(refused) > 0 {
		ways = append(ways, fmt.Sprintf("%s refused %s: if the account has no such field, correct the name, or leave it out: %s", vendor, humanize.List(refused), again(g.withoutCustom(refused, r.Survey.Columns))))
	}
	return ways
}

// makeApart are the ways on for things that rows name and the vendor does not make without custom fields, which those rows
// cannot give: they are imported by themselves, with these, and then the rows.
func makeApart(r *job.ImportResult, g Given) (ways []string) {
	q := r.Request
	for _, u := range r.Unmade {
		at := slices.IndexFunc(g.Beside, func(of account.Resource) bool {
			return of.Vendor() == q.Resource.Vendor() && of.Name() == u.Kind && of.Unread() != ""
		})
		if at < 0 || r.Rejects == nil {
			continue
		}
		var fields []string
		for _, name := range u.Fields {
			if !slices.ContainsFunc(g.Beside[at].Fields(), func(f mapping.Info) bool { return f.Name == name }) {
				fields = append(fields, crm.CustomPrefix+name)
			}
		}
		if fields == nil {
			continue
		}
		then, apart := g.ForRejects(r.Rejects.Path()), g.ForRejects(r.Rejects.Path())
		apart.Resource = strings.TrimSuffix(apart.Resource, "/"+q.Resource.Name()) + "/" + u.Kind
		of := slices.Concat(FlagsOfOneRun(), FlagsOfOneFile(), flagsOfResource())
		says := fmt.Sprintf("%s seems to require %s of %s: import these by themselves first, and ", q.Resource.Vendor().Name, humanize.List(fields), u.Kind)
		for _, w := range customWays(fields, columns.Named(r.Survey.Columns, fields), nil, false) {
			ways = append(ways, fmt.Sprintf("%s%s: %s; then: %s", says, w.words, apart.Import(of, w.flags...), then.Import(append(FlagsOfOneRun(), FlagsOfOneFile()...))))
			says = ""
		}
	}
	return ways
}

// onlyCustom reports whether rows have no other errors than that they lack custom fields, or write them otherwise.
func onlyCustom(s *outcome.Summary) bool {
	otherwise := func(name string) bool {
		return slices.ContainsFunc(s.Lacking, func(field string) bool { return strings.EqualFold(field, name) })
	}
	for _, name := range s.Refused {
		if !otherwise(name) {
			return false
		}
	}
	for _, e := range s.Errors {
		if e.Code != outcome.CodeLacksCustom && e.Code != outcome.CodeEmptyCustom && (e.Code != crm.CodeInvalid || s.Refused == nil) {
			return false
		}
	}
	return true
}
