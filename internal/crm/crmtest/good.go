package crmtest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"crmferry/internal/crm"
)

func testCreate[C any](t *testing.T, e *env[C]) {
	want := e.Sample(0)
	answer, err := e.good.Create(context.Background(), want, e.createFields(e.good), token(0))
	if err != nil {
		t.Fatal(err)
	}
	if answer.ID == "" || !answer.Created || answer.Status < 200 || answer.Status > 299 {
		t.Errorf("answered id %q, created %v, status %d", answer.ID, answer.Created, answer.Status)
	}
	if answer.Contact != nil {
		if id := e.ID(*answer.Contact); id != answer.ID {
			t.Errorf("the contact answered has id %q, the answer %q", id, answer.ID)
		}
		if differ := e.Same(want, *answer.Contact, e.plainFields()); len(differ) > 0 {
			t.Errorf("the contact answered differs in %v", differ)
		}
	}
	if got, ok := e.read(t, e.WithID(want, answer.ID)); ok {
		if differ := e.Same(want, got, e.plainFields()); len(differ) > 0 {
			t.Errorf("the contact read differs in %v", differ)
		}
	}
}

func testIdempotent[C any](t *testing.T, e *env[C]) {
	if !e.good.Traits().Idempotent {
		t.Skip("the vendor takes no idempotency key")
	}
	first, again := e.make(t, 0), e.make(t, 0)
	if e.ID(first) != e.ID(again) {
		t.Errorf("the same token made %q and %q", e.ID(first), e.ID(again))
	}
}

func testUpdate[C any](t *testing.T, e *env[C]) {
	u, ok := e.good.(crm.Updater[C])
	if !ok || e.Change == nil {
		t.Skip("the client cannot update")
	}
	found, ok := e.read(t, e.make(t, 0))
	if !ok {
		t.Skip("the client cannot read")
	}
	want := found
	fields := e.Change(&want)
	if differ := e.Same(want, found, fields); len(differ) != len(fields) {
		t.Fatalf("Change must change all of %v, not only %v", fields, differ)
	}
	answer, err := u.Update(context.Background(), found, want, fields)
	if err != nil {
		t.Fatal(err)
	}
	if answer.ID != e.ID(found) || answer.Created {
		t.Errorf("answered id %q (of %q), created %v", answer.ID, e.ID(found), answer.Created)
	}
	got, _ := e.read(t, want)
	if differ := e.Same(want, got, fields); len(differ) > 0 {
		t.Errorf("the update did not change %v", differ)
	}
	if differ := e.Same(found, got, without(e.plainFields(), fields)); len(differ) > 0 {
		t.Errorf("the update changed %v too", differ)
	}
}

// testClear empties fields that are set, all at once and one by one.
func testClear[C any](t *testing.T, e *env[C]) {
	u, ok := e.good.(crm.Updater[C])
	if !ok || e.Clear == nil {
		t.Skip("the client cannot update")
	}
	var sample C
	all := e.Clear(&sample)
	for i, fields := range append([]crm.Fields{all}, each(all)...) {
		found, ok := e.read(t, e.make(t, i))
		if !ok {
			t.Skip("the client cannot read")
		}
		want := found
		e.Clear(&want)
		if differ := e.Same(want, found, fields); len(differ) != len(fields) {
			t.Fatalf("the samples must set all of %v, not only %v", fields, differ)
		}
		if _, err := u.Update(context.Background(), found, want, fields); err != nil {
			t.Errorf("clear %v: %v", fields, err)
			continue
		}
		got, _ := e.read(t, found)
		if differ := e.Same(want, got, fields); len(differ) > 0 {
			t.Errorf("after %v were cleared, %v are not", fields, differ)
		}
		if differ := e.Same(found, got, without(e.plainFields(), fields)); len(differ) > 0 {
			t.Errorf("clearing %v changed %v too", fields, differ)
		}
	}
}

// each makes a list of its own of every field.
func each(fields crm.Fields) []crm.Fields {
	var single []crm.Fields
	for _, f := range fields {
		single = append(single, crm.Fields{f})
	}
	return single
}

func without(fields, drop crm.Fields) crm.Fields {
	var left crm.Fields
	for _, f := range fields {
		if !drop.Has(f) {
			left = append(left, f)
		}
	}
	return left
}

func testSteps[C any](t *testing.T, e *env[C]) {
	st, ok := e.good.(crm.Stepper[C])
	if !ok {
		t.Skip("the client needs no steps")
	}
	want := e.Sample(0)
	answer, err := e.good.Create(context.Background(), want, e.createFields(e.good), token(0))
	if err != nil {
		t.Fatal(err)
	}
	if len(st.Steps(answer.Contact, want, e.Fields)) == 0 {
		t.Fatal("the samples have to need a step")
	}
	doSteps(t, e, st, want, answer)
}

// testKnownNew creates a contact with all its fields at once, as the core does after a look-up found nobody.
func testKnownNew[C any](t *testing.T, e *env[C]) {
	st, ok := e.good.(crm.Stepper[C])
	if !ok {
		t.Skip("the client needs no steps")
	}
	want := e.Sample(0)
	answer, err := e.good.Create(context.Background(), want, e.Fields, token(0))
	if err != nil {
		t.Fatal(err)
	}
	doSteps(t, e, st, want, answer)
}

// doSteps does what is left after answer and then expects the contact to be as wanted.
func doSteps[C any](t *testing.T, e *env[C], st crm.Stepper[C], want C, answer crm.Answer[C]) {
	t.Helper()
	have := answer.Contact
	steps := st.Steps(have, want, e.Fields)
	for _, step := range steps {
		if step.Name == "" || len(without(step.Fields, st.StepFields())) > 0 {
			t.Errorf("step %q writes %v", step.Name, step.Fields)
		}
		done, err := st.Do(context.Background(), step, answer.ID, have, want)
		if err != nil {
			t.Fatalf("%s: %v", step.Name, err)
		}
		if done.Contact != nil {
			have = done.Contact
		}
	}
	if left := st.Steps(have, want, e.Fields); len(left) > 0 {
		t.Errorf("steps are left: %v", left)
	}
	if got, ok := e.read(t, e.WithID(want, answer.ID)); ok {
		if differ := e.Same(want, got, e.Fields); len(differ) > 0 {
			t.Errorf("after all steps the contact differs in %v", differ)
		}
	}
}

func testFind[C any](t *testing.T, e *env[C]) {
	f, ok := e.good.(crm.Finder[C])
	if !ok || e.FindKeys == nil {
		t.Skip("the client cannot look up")
	}
	made := e.make(t, 0)
	for _, key := range e.FindKeys(made) {
		t.Run(kindOf(key), func(t *testing.T) {
			found, err := f.Find(context.Background(), []crm.Key{key})
			if err != nil {
				t.Fatal(err)
			}
			got, ok := e.pick(found, e.ID(made))
			if !ok {
				t.Fatalf("%d contacts found, not the one asked for", len(found))
			}
			if differ := e.Same(made, got, e.plainFields()); len(differ) > 0 {
				t.Errorf("the contact differs in %v", differ)
			}
		})
	}
}

func testFindBatch[C any](t *testing.T, e *env[C]) {
	f, ok := e.good.(crm.Finder[C])
	if !ok || e.FindKeys == nil {
		t.Skip("the client cannot look up")
	}
	n := e.good.Traits().FindBatch
	if n < 1 {
		t.Fatalf("a client with Find takes %d keys", n)
	}
	byKind := map[string][]crm.Key{}
	made := make([]C, n)
	for i := range made {
		made[i] = e.make(t, i)
		for _, key := range e.FindKeys(made[i]) {
			byKind[kindOf(key)] = append(byKind[kindOf(key)], key)
		}
	}
	for kind, keys := range byKind {
		found, err := f.Find(context.Background(), keys)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		for i, c := range made {
			if _, ok := e.pick(found, e.ID(c)); !ok {
				t.Errorf("%s: sample %d is not among the %d found", kind, i, len(found))
			}
		}
	}
}

func testFindNobody[C any](t *testing.T, e *env[C]) {
	f, ok := e.good.(crm.Finder[C])
	if !ok || e.FindKeys == nil {
		t.Skip("the client cannot look up")
	}
	id := e.ID(e.make(t, 0))
	unknown := strings.Repeat("9", len(id))
	for _, key := range e.FindKeys(e.WithID(e.Sample(1), unknown)) {
		found, err := f.Find(context.Background(), []crm.Key{key})
		if err != nil {
			t.Errorf("%s: %v", kindOf(key), err)
		}
		for _, c := range found {
			if len(e.Same(e.Sample(1), c, e.plainFields())) == 0 {
				t.Errorf("%s: found who is not there: %q", kindOf(key), e.ID(c))
			}
		}
	}
}

func testList[C any](t *testing.T, e *env[C]) {
	l, ok := e.good.(crm.Lister[C])
	if !ok {
		t.Skip("the client cannot list")
	}
	size := e.good.Traits().PageSize
	before := len(e.all(t, l))
	if before <= size {
		t.Fatalf("the simulation has %d contacts, too few for two pages of %d", before, size)
	}
	const more = 3
	made := map[string]bool{}
	for i := range more {
		made[e.ID(e.make(t, i))] = true
	}
	seen := map[string]bool{}
	for page, err := range l.List(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Items) > size {
			t.Errorf("a page has %d contacts, more than %d", len(page.Items), size)
		}
		if page.Total != -1 && page.Total != before+more {
			t.Errorf("a page says that there are %d contacts, there are %d", page.Total, before+more)
		}
		for _, c := range page.Items {
			if id := e.ID(c); id == "" || seen[id] {
				t.Errorf("id %q is empty or listed twice", id)
			}
			seen[e.ID(c)] = true
			delete(made, e.ID(c))
		}
	}
	if len(seen) != before+more || len(made) > 0 {
		t.Errorf("%d contacts listed, %d expected; missing: %v", len(seen), before+more, made)
	}
}

func testListBreak[C any](t *testing.T, e *env[C]) {
	l, ok := e.good.(crm.Lister[C])
	if !ok {
		t.Skip("the client cannot list")
	}
	pages := 0
	for range l.List(context.Background()) {
		pages++
		break
	}
	for range l.List(context.Background()) { // a second time over the same sequence's maker: nothing is kept
		pages++
		break
	}
	if pages != 2 {
		t.Errorf("%d pages, want one of each list", pages)
	}
}

func testLinks[C any](t *testing.T, e *env[C]) {
	l, ok := e.good.(crm.Linker[C])
	if !ok {
		t.Skip("the client links nothing")
	}
	for _, link := range e.Links {
		t.Run(link.Kind, func(t *testing.T) { testLink(t, e, l, link) })
	}
}

func testLink[C any](t *testing.T, e *env[C], l crm.Linker[C], link LinkCase) {
	ctx := context.Background()
	other := " " + strings.ToUpper(link.One) + " "
	names := []string{link.One, other, link.None}
	if link.Ambiguous != "" {
		names = append(names, link.Ambiguous)
	}
	found, err := l.Resolve(ctx, link.Kind, names)
	if err != nil {
		t.Fatal(err)
	}
	if len(found[link.One]) != 1 || found[link.One][0].ID == "" || len(found[other]) != 1 {
		t.Errorf("%q is %v, in capitals %v", link.One, found[link.One], found[other])
	}
	if refs, ok := found[link.None]; ok {
		t.Errorf("%q is %v, but there is none", link.None, refs)
	}
	if link.Ambiguous != "" && len(found[link.Ambiguous]) < 2 {
		t.Errorf("%q is %v, but there are several", link.Ambiguous, found[link.Ambiguous])
	}
	for _, kind := range l.LinkKinds() {
		if kind.One == "" || kind.One == kind.Name {
			t.Errorf("one of the %s is called %q", kind.Name, kind.One)
		}
		if kind.Name != link.Kind {
			continue
		}
		ref, _, err := l.CreateLink(ctx, link.Kind, link.None, e.Sample(0))
		if !kind.CanCreate {
			if err == nil {
				t.Errorf("made %q, of a kind that cannot be made", link.None)
			}
			return
		}
		if err != nil || ref.ID == "" {
			t.Fatalf("make %q: %v, %v", link.None, ref, err)
		}
		found, err := l.Resolve(ctx, link.Kind, []string{link.None})
		if err != nil || len(found[link.None]) != 1 || found[link.None][0].ID != ref.ID {
			t.Errorf("%q was made as %v and is found as %v (%v)", link.None, ref, found[link.None], err)
		}
		return
	}
	t.Errorf("%q is not among the kinds %v", link.Kind, l.LinkKinds())
}

func testCheck[C any](t *testing.T, e *env[C]) {
	c, ok := e.good.(crm.Checker)
	if !ok {
		t.Skip("the vendor documents no read")
	}
	said, err := c.Check(context.Background())
	if err != nil || said == "" {
		t.Errorf("said %q, %v", said, err)
	}
}

func testConcurrent[C any](t *testing.T, e *env[C]) {
	const n = 16
	ids := make([]string, n)
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			answer, err := e.good.Create(context.Background(), e.Sample(i), e.createFields(e.good), token(i))
			ids[i], errs[i] = answer.ID, err
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for i, id := range ids {
		if errs[i] != nil || seen[id] {
			t.Errorf("sample %d: id %q, %v", i, id, errs[i])
		}
		seen[id] = true
	}
}

func testPrefix[C any](t *testing.T, e *env[C]) {
	found := e.make(t, 0)
	for _, c := range e.calls(e.good, found) {
		if err := c.do(context.Background()); err != nil {
			t.Error(fmt.Errorf("%s: %w", c.name, err))
		}
	}
	if n := e.astray.Load(); n > 0 {
		t.Errorf("%d requests went past the base URL's path", n)
	}
}
