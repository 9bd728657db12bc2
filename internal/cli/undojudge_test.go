package cli

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"crmferry/importer/outcome"
	"crmferry/internal/sandbox/api"
)

// undoJudge compares what a CRM was, what an import and people made of it, and what an undo has left, with the report of the undo.
type undoJudge struct {
	t            *testing.T
	vendor, mode string
	deletes      bool                // creations are deleted, not archived
	blind        bool                // updates were made without a look
	before       crmState            // the import
	after        crmState            // the import
	found        crmState            // by the undo
	now          crmState            // behind it
	imported     []map[string]string // the report of the import
	undone       []map[string]string // that of the undo
	second       []map[string]string // that of the first undo, where this is the second
	began        int                 // entries in the ledger before the undo
	ledger       []api.Entry

	byID map[string]map[string]string // lines of the undo by the id that the contact had
	made map[string]string            // ids of contacts that were created again, by their old ones
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func sorted[V any](m map[string]V) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, k := range sortedKeys(m) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

// touched are the contacts that the import has created, changed or deleted.
func (j *undoJudge) touched() map[string]bool {
	all := map[string]bool{}
	for id := range j.before {
		if c, is := j.after[id]; !is || len(c.differing(j.before[id])) > 0 {
			all[id] = true
		}
	}
	for id := range j.after {
		if _, was := j.before[id]; !was {
			all[id] = true
		}
	}
	return all
}

// judge complains of whatever is wrong.
func (j *undoJudge) judge() {
	j.index()
	ids := map[string]bool{}
	for _, s := range []crmState{j.before, j.after, j.found, j.now} {
		for id := range s {
			ids[id] = true
		}
	}
	again := map[string]bool{}
	for _, id := range j.made {
		again[id] = true
	}
	for _, id := range sortedKeys(ids) {
		_, was := j.before[id]
		_, imported := j.after[id]
		_, met := j.found[id]
		switch {
		case was && imported:
			j.judgeChanged(id)
		case imported:
			j.judgeCreated(id)
		case was:
			j.judgeDeleted(id)
		case met:
			j.same(id, j.now[id], j.found[id], "a stranger's")
		case !again[id]:
			j.t.Errorf("%s was made by the undo, and no line says so: %v", id, j.now[id])
		}
	}
	j.audit()
}

func (j *undoJudge) index() {
	ids := map[string]string{}
	for _, l := range j.imported {
		if l["id"] != "" {
			ids[l["row"]] = l["id"]
		}
	}
	j.byID = map[string]map[string]string{}
	if j.made == nil {
		j.made = map[string]string{}
	}
	for _, l := range j.undone {
		id := ids[l["row"]]
		if id == "" {
			id = l["id"]
		}
		if id == "" { // it is not known whether it was written: what has its address may be meant
			for is, c := range j.found {
				if _, was := j.before[is]; !was && strings.EqualFold(c.email(), l["key"]) {
					id = is
				}
			}
		}
		if old := j.byID[id]; old != nil && id != "" {
			j.t.Errorf("%s has two lines: %v and %v", id, old, l)
		}
		j.byID[id] = l
		if l["outcome"] == string(outcome.Created) {
			j.made[id] = l["id"]
		}
	}
}

// givenUp reports whether the undo says of a contact that it was not done with it, which faults may bring about.
func (j *undoJudge) givenUp(id string) bool {
	l := j.byID[id]
	return j.second == nil && l != nil && givenUp(outcome.Outcome(l["outcome"]))
}

// listed reports whether the undo lists a field of a contact, or all of it, with a code.
func (j *undoJudge) listed(id, field, code string) bool {
	l := j.byID[id]
	if l == nil {
		return false
	}
	codes, fields := strings.Split(l["error"], "; "), strings.Split(l["field"], "; ")
	for i, c := range codes {
		if c == code && (field == "*" || i >= len(fields) || fields[i] == "" || fields[i] == field) {
			return true
		}
	}
	return false
}

// same compares a contact with what it is to be.
func (j *undoJudge) same(id string, got, want contactState, what string) {
	j.t.Helper()
	if (got == nil) != (want == nil) {
		j.t.Errorf("%s %s: there %v, want %v; line %v", what, id, got != nil, want != nil, j.byID[id])
		return
	}
	for _, path := range got.differing(want) {
		j.t.Errorf("%s %s: %s is %s, want %s; line %v", what, id, path, got[path], want[path], j.byID[id])
	}
}

// judgeChanged judges a contact that was there before the import and behind it.
func (j *undoJudge) judgeChanged(id string) {
	was, imported, met, is := j.before[id], j.after[id], j.found[id], j.now[id]
	if met == nil {
		j.same(id, is, nil, "deleted by people:")
		return
	}
	if is == nil {
		j.t.Errorf("%s is gone, and was there before the import; line %v", id, j.byID[id])
		return
	}
	paths := map[string]bool{}
	for _, o := range []contactState{was, imported, met, is} {
		for p := range o {
			paths[p] = true
		}
	}
	edits, left := map[string]bool{}, map[string]bool{}
	for _, p := range sortedKeys(paths) {
		field := fieldAt(j.vendor, p)
		if field == "" {
			continue
		}
		wrote, edited := was[p] != imported[p], imported[p] != met[p]
		want := met[p]
		if wrote && !edited {
			want = was[p]
		}
		switch {
		case is[p] == want && wrote && edited && met[p] != was[p]:
			edits[field] = true
			if !j.listed(id, field, outcome.CodeEditedSince) && !j.givenUp(id) && !j.listed(id, field, outcome.CodeCannotUndo) {
				j.t.Errorf("%s: people have made %s of %s, which the run made %s, and no line says so: %v", id, met[p], p, imported[p], j.byID[id])
			}
		case is[p] == want:
		case is[p] == met[p] && (j.listed(id, field, outcome.CodeCannotUndo) || j.givenUp(id) || field == "account_owner" && j.roleListed(id)):
			left[field] = true
		default:
			j.t.Errorf("%s: %s was %s, the import made it %s, people %s, and the undo %s, want %s; line %v", id, p, was[p], imported[p], met[p], is[p], want, j.byID[id])
		}
	}
	j.exact(id, edits, left)
}

// exact complains of what a line lists and is not so.
func (j *undoJudge) exact(id string, edits, left map[string]bool) {
	l := j.byID[id]
	if l == nil || l["error"] == "" || j.givenUp(id) {
		return
	}
	fields := strings.Split(l["field"], "; ")
	for i, code := range strings.Split(l["error"], "; ") {
		field := ""
		if i < len(fields) {
			field = fields[i]
		}
		switch {
		case code == outcome.CodeEditedSince && field != "" && !edits[field], code == outcome.CodeEditedSince && len(edits) == 0:
			j.t.Errorf("%s: nobody has edited %q of %v: %v", id, field, edits, l)
		case code == outcome.CodeCannotUndo && field != "" && !left[field] && !writeOnlyFields[field]:
			j.t.Errorf("%s: %q can be undone, or is as it was: %v", id, field, l)
		case code == outcome.CodeCannotUndo && field == "" && !j.blind && len(left) == 0:
			j.t.Errorf("%s: it can be undone: %v", id, l)
		case code != outcome.CodeEditedSince && code != outcome.CodeCannotUndo:
			j.t.Errorf("%s: code %s: %v", id, code, l)
		}
	}
}

// writeOnlyFields are those that no answer shows.
var writeOnlyFields = map[string]bool{"street": true, "city": true, "state": true, "zipCode": true, "avatar": true} // never written

// judgeCreated judges a contact that the import has created.
func (j *undoJudge) judgeCreated(id string) {
	imported, met, is := j.after[id], j.found[id], j.now[id]
	edited := met != nil && len(met.differing(imported)) > 0
	doubtful := !slices.ContainsFunc(j.imported, func(l map[string]string) bool { return l["id"] == id && l["outcome"] != string(outcome.Unknown) })
	switch {
	case met == nil:
		j.same(id, is, nil, "deleted by people:")
	case edited:
		j.same(id, is, met, "edited")
		if !j.listed(id, "*", outcome.CodeEditedSince) && !j.givenUp(id) && !doubtful && j.vendor != "cloverhound" {
			j.t.Errorf("%s was created and edited (%v), and no line says so: %v", id, met.differing(imported), j.byID[id])
		}
	case j.vendor == "cloverhound":
		j.same(id, is, met, "undeletable")
		if !j.listed(id, "*", outcome.CodeCannotUndo) && !doubtful {
			j.t.Errorf("%s cannot be deleted, and no line says so: %v", id, j.byID[id])
		}
	case is == nil && j.deletes:
	case !j.deletes && is != nil && is["archivedAt"] != "" && met["archivedAt"] == "":
		is = maps.Clone(is)
		delete(is, "archivedAt")
		j.same(id, is, met, "archived")
	case !j.deletes && is != nil && met["archivedAt"] != "":
		j.same(id, is, met, "archived by the import")
	case j.givenUp(id), doubtful && is != nil:
		j.same(id, is, met, "not done")
	default:
		j.t.Errorf("%s was created by the import, and is still there: %v, line %v", id, is, j.byID[id])
	}
}

// judgeDeleted judges a contact that the import has deleted.
func (j *undoJudge) judgeDeleted(id string) {
	was, l := j.before[id], j.byID[id]
	again := j.made[id]
	if again == "" {
		taken := false
		for _, c := range j.found {
			taken = taken || strings.EqualFold(c.email(), was.email()) && was.email() != ""
		}
		if j.vendor == "clientcommander" { // which takes two contacts with one address for one
			for _, id := range j.made {
				taken = taken || strings.EqualFold(j.now[id].email(), was.email()) && was.email() != ""
			}
		}
		if !(taken && j.listed(id, "", outcome.CodeExists)) && !j.givenUp(id) {
			j.t.Errorf("%s (%s) was deleted, and is not there again; line %v", id, was.email(), l)
		}
		return
	}
	is := j.now[again]
	if is == nil {
		j.t.Errorf("%s is to be %s again, and is not there; line %v", id, again, l)
		return
	}
	for _, path := range is.differing(was) {
		field := fieldAt(j.vendor, path)
		if field == "" || strings.HasPrefix(path, "assignedAgent") {
			continue
		}
		if !j.listed(id, field, outcome.CodeCannotUndo) && !j.givenUp(id) {
			j.t.Errorf("%s, now %s: %s is %s, and was %s; line %v", id, again, path, is[path], was[path], l)
		}
	}
}

// audit goes through the ledger: nothing lost, nothing twice, no stranger touched.
func (j *undoJudge) audit() {
	touched, deleted, created, twins := j.touched(), map[string]int{}, map[string]int{}, map[string]int{}
	again := map[string]bool{}
	for _, id := range j.made {
		again[id] = true
	}
	for id, c := range j.before {
		if _, is := j.after[id]; !is {
			twins[c.email()]++ // contacts with one address were deleted, and each comes back
		}
	}
	for _, e := range j.ledger[j.began:] {
		switch {
		case e.Kind != "contact":
		case e.Action == "create":
			if created[e.Email]++; created[e.Email] > max(twins[e.Email], 1) && e.Email != "" {
				j.t.Errorf("%s was created %d times", e.Email, created[e.Email])
			}
		case !touched[e.ID] && !again[e.ID]:
			j.t.Errorf("a stranger was touched: %+v", e)
		case e.Action == "delete":
			if deleted[e.ID]++; deleted[e.ID] > 1 {
				j.t.Errorf("%s was deleted %d times", e.ID, deleted[e.ID])
			}
		}
	}
	for id := range touched {
		if j.byID[id] == nil && !j.demoted(id) {
			j.t.Errorf("%s was touched by the import, and has no line in the undo", id)
		}
	}
	if j.second == nil {
		return
	}
	open := slices.ContainsFunc(j.second, func(l map[string]string) bool { return givenUp(outcome.Outcome(l["outcome"])) })
	if n := len(j.ledger) - j.began; n > 0 && !open {
		j.t.Errorf("the second undo has done something: %+v", j.ledger[j.began:])
	}
}

// demoted reports whether all that the import did to a contact is that another one has its role now.
func (j *undoJudge) demoted(id string) bool {
	return slices.Equal(j.before[id].differing(j.after[id]), []string{"account_owner"})
}

// roleListed reports whether the undo says that it has not given the role of a contact back, which another has got of the import.
func (j *undoJudge) roleListed(id string) bool {
	for other, c := range j.after {
		if c["account_owner"] != `"yes"` || c["client.id"] != j.after[id]["client.id"] {
			continue
		}
		return j.givenUp(other) || j.listed(other, "*", outcome.CodeEditedSince) || j.listed(other, "account_owner", outcome.CodeCannotUndo)
	}
	return false
}
