package outcome

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping"
)

// Joiner makes one result of those of a row's parts, which come one behind the other. The zero value is ready to use.
type Joiner struct {
	parts []*Result
}

// Add takes the next result in, and returns those that are complete, in their order: nothing as long as a row may have more parts.
func (j *Joiner) Add(res *Result) (whole []*Result) {
	if last := len(j.parts); last > 0 && (res.Parts == 0 || res.Row != j.parts[0].Row) {
		whole = append(whole, j.Rest())
	}
	if res.Parts == 0 {
		return append(whole, res)
	}
	j.parts = append(j.parts, res)
	return whole
}

// Rest is the result of a row of which no more parts come, nil if none was begun.
func (j *Joiner) Rest() *Result {
	parts := j.parts
	j.parts = nil
	if len(parts) == 0 {
		return nil
	}
	whole := join(parts)
	if of := parts[0].Parts; len(parts) < of && whole.Outcome != Unknown && whole.Outcome != "" {
		whole.Unreached = true
		whole.LeaveOpen(fmt.Errorf("%d of the %d parts of the row were not reached", of-len(parts), of))
	}
	return whole
}

// rank orders outcomes by what a row is whose parts have several: the first counts. What is in doubt comes before what was refused, so
// that the row is not among the rejects: sent again, it could be there twice.
func rank(o Outcome) int {
	return slices.Index([]Outcome{Unknown, Failed, Rejected, "", Created, Updated, Deleted, Unchanged, Skipped}, o)
}

// join makes one result of those of parts.
func join(parts []*Result) *Result {
	whole := *slices.MinFunc(parts, func(a, b *Result) int { return rank(a.Outcome) - rank(b.Outcome) })
	whole.Of, whole.Part, whole.Parts = parts, 0, len(parts)
	whole.Problems, whole.Notes, whole.Changed, whole.Attempts, whole.Open = nil, nil, nil, 0, false
	whole.Key, whole.Name = parts[0].Key, parts[0].Name
	var ids []string
	for _, p := range parts {
		if p.ID != "" && !slices.Contains(ids, p.ID) {
			ids = append(ids, p.ID)
		}
		whole.Problems = appendNew(whole.Problems, p.Problems, func(q mapping.Problem) mapping.Problem { return q })
		whole.Notes = appendNew(whole.Notes, p.Notes, func(n string) string { return n })
		whole.Changed = appendNew(whole.Changed, p.Changed, func(f string) string { return f })
		whole.Attempts += p.Attempts
		whole.Duration = max(whole.Duration, p.Duration)
		whole.Open = whole.Open || p.Open
		if p.Finished.After(whole.Finished) {
			whole.Finished = p.Finished
		}
	}
	whole.ID = strings.Join(ids, idSeparator)
	if said := saysParts(parts, max(len(parts), parts[0].Parts)); !slices.ContainsFunc(whole.Notes, func(n string) bool { return strings.Contains(n, said) }) {
		whole.Notes = append(whole.Notes, said)
	}
	if whole.IsTorn() {
		whole.Notes = append(whole.Notes, fmt.Sprintf("the row is no reject, as a mended text would be other parts: import it as it is, or delete %s and mend it", strings.Join(ids, " and ")))
	}
	return &whole
}

// IsTorn reports whether some parts of the row are there, and others were refused. Mended, the text would be other parts, beside those.
func (r *Result) IsTorn() bool {
	refused := func(o Outcome) bool { return o == Failed || o == Rejected }
	return refused(r.Outcome) && slices.ContainsFunc(r.Of, func(p *Result) bool { return p.ID != "" && !refused(p.Outcome) })
}

// idSeparator stands between the ids of a row's parts.
const idSeparator = "; "

// IDs are the ids of what a row has made or met: several only of a row in parts.
func (r *Result) IDs() []string {
	if r.Of == nil {
		return []string{r.ID}
	}
	return strings.Split(r.ID, idSeparator)
}

// saysParts says in how many parts a row is, and what became of them if that differs.
func saysParts(parts []*Result, all int) string {
	said := fmt.Sprintf("in %d parts", all)
	var counts []string
	for _, o := range Outcomes() {
		n := 0
		for _, p := range parts {
			if p.Outcome == o {
				n++
			}
		}
		if n > 0 && n < len(parts) {
			counts = append(counts, fmt.Sprintf("%d %s", n, o))
		}
	}
	if counts == nil {
		return said
	}
	return "of its parts " + strings.Join(counts, ", ")
}

// appendNew appends those of more that the list does not have.
func appendNew[V any, K comparable](list, more []V, key func(V) K) []V {
	for _, v := range more {
		if !slices.ContainsFunc(list, func(w V) bool { return key(w) == key(v) }) {
			list = append(list, v)
		}
	}
	return list
}
