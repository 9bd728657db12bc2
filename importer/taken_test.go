package importer_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"crmferry/importer"
	"crmferry/importer/journal"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/mapping"
)

// displacing is a vendor where only one contact can have a description, which a step takes from whoever has it.
type displacing struct{ stepping }

func (d displacing) Holder(ctx context.Context, _ crm.Step, have *cloverhound.Contact, want cloverhound.Contact) (*cloverhound.Contact, error) {
	if err := d.f.begin(ctx, "holder"); err != nil {
		return nil, err
	}
	d.f.mu.Lock()
	defer d.f.mu.Unlock()
	for _, c := range d.f.contacts {
		if c.Description == want.Description {
			return &c, nil
		}
	}
	return nil, nil
}

func (d displacing) Do(ctx context.Context, step crm.Step, id string, have *cloverhound.Contact, want cloverhound.Contact) (crm.Answer[cloverhound.Contact], error) {
	d.give(want.Description, "")
	return d.stepping.Do(ctx, step, id, have, want)
}

// give lets only the contact with that address have a description.
func (d displacing) give(description, email string) {
	d.f.mu.Lock()
	defer d.f.mu.Unlock()
	for i := range d.f.contacts {
		switch c := &d.f.contacts[i]; {
		case c.Email == email:
			c.Description = description
		case c.Description == description:
			c.Description = ""
		}
	}
}

var _ crm.Displacer[cloverhound.Contact] = displacing{}

// TestPlanTaken: a plan says from whom a row takes what only one contact can have, and a row is left that would take it from another
// by the time that the plan is applied. A plan that does not say so is applied as ever.
func TestPlanTaken(t *testing.T) {
	const taken = "; description of Known 0, known.0@example.com yes>no"
	created, updated := "full_name >New; email >new@example.com; description >head", "description >chief"
	for _, tt := range []struct {
		name    string
		plan    func(op string) error
		then    func(d displacing)
		older   bool // the plan was made by a program that did not read who has it
		apply   func(op string) error
		changes []string
		want    []string
		reads   int // of who has it, by the apply
	}{
		{name: "as it was", changes: []string{created + taken, updated}, want: []string{"2 created  ", "3 updated  "}, reads: 4},
		{name: "another has it", then: func(d displacing) { d.give("head", "known.2@example.com") }, changes: []string{created + taken, updated},
			want: []string{"2 skipped changed_since_plan description", "3 updated  "}, reads: 3},
		{name: "somebody has it by now", then: func(d displacing) { d.give("chief", "known.2@example.com") }, changes: []string{created + taken, updated},
			want: []string{"2 created  ", "3 skipped changed_since_plan description"}, reads: 3},
		{name: "nobody has it any more", then: func(d displacing) { d.give("head", "") }, changes: []string{created + taken, updated},
			want: []string{"2 skipped changed_since_plan description", "3 updated  "}, reads: 3},
		{name: "an older plan", older: true, then: func(d displacing) { d.give("head", "known.2@example.com") }, changes: []string{created, updated},
			want: []string{"2 created  ", "3 updated  "}, reads: 2},
		{name: "the plan cannot read it", plan: refuseHolder, changes: []string{created, updated}, want: []string{"2 created  ", "3 updated  "}, reads: 2},
		{name: "the apply cannot read it", apply: refuseHolder, changes: []string{created + taken, updated},
			want: []string{"2 failed forbidden_field ", "3 failed forbidden_field "}, reads: 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, dir, table := newFake(), t.TempDir(), mapping.CloverhoundContacts()
				f.seed(3)
				f.contacts[0].Description = "head"
				vendor := displacing{stepping{finds{creates{f}}}}
				plan, path := filepath.Join(dir, "plan"), filepath.Join(dir, "apply")
				fails(f, tt.plan)
				got := session(t, t.Context(), vendor, writeFile(t, "Full name,Email,Description", "New,new@example.com,head", "Known 1,known.1@example.com,chief"), plan, importer.Options{DryRun: true, Workers: 1})
				if got.err != nil || f.calls["holder"] != 2 {
					t.Fatal(got.err, f.calls)
				}
				target, says, changes := importer.NewTarget(table, vendor), map[int]*survey.Earlier{}, []string{}
				_, err := journal.Rows(plan, func(r *journal.Row) error {
					res := *r.Result
					if tt.older {
						res.Former = nil
					}
					said := strings.Contains(res.Message(), "the plan does not show who loses it")
					if said != (tt.plan != nil) {
						t.Errorf("row %d: %q", res.Row, res.Message())
					}
					says[r.Seq] = &survey.Earlier{Result: res}
					list, err := target.Changes(&res)
					texts := make([]string, len(list))
					for i, c := range list {
						texts[i] = fmt.Sprintf("%s %s>%s", c.Shown(), c.Now, c.Will)
					}
					changes = append(changes, strings.Join(texts, "; "))
					return err
				})
				if err == nil {
					err = target.Follow(t.Context(), plan+".rows", path+".rows", func(seq int) (*survey.Earlier, error) { return says[seq], nil })
				}
				if err != nil {
					t.Fatal(err)
				}
				equalLines(t, "changes", changes, tt.changes)
				if tt.then != nil {
					tt.then(vendor)
				}
				f.calls["holder"] = 0
				fails(f, tt.apply)
				got = session(t, t.Context(), vendor, "", path, importer.Options{Mode: modes.Upsert, From: modes.FromPlan, Workers: 1})
				equalLines(t, "applied", got.said(), tt.want)
				if got.err != nil || f.calls["holder"] != tt.reads {
					t.Errorf("%v, after %d reads, want %d", got.err, f.calls["holder"], tt.reads)
				}
				for _, r := range got.results {
					if r.Outcome == outcome.Skipped && !strings.Contains(r.Message(), "description: the plan takes it from ") {
						t.Errorf("row %d: %q", r.Row, r.Message())
					}
				}
			})
		})
	}
}

func fails(f *fake, with func(op string) error) {
	if f.fail = nil; with != nil {
		f.fail = func(op string, _ int) error { return with(op) }
	}
}

func refuseHolder(op string) error {
	if op != "holder" {
		return nil
	}
	return &crm.Error{Op: op, Class: crm.Permanent, Code: "forbidden_field", Message: "not to be read"}
}

// TestPlanTakenForecast: who has what a row takes is read once per such row by a plan, and twice by what applies it.
func TestPlanTakenForecast(t *testing.T) {
	f := newFake()
	f.seed(3)
	lines := []string{"Full name,Email,Description", "Known 0,known.0@example.com,a", "Known 1,known.1@example.com,b", "Known 2,known.2@example.com,"}
	with := importInto(t, t.Context(), displacing{stepping{finds{creates{f}}}}, writeFile(t, lines...), importer.Options{DryRun: true})
	without := importInto(t, t.Context(), stepping{finds{creates{f}}}, writeFile(t, lines...), importer.Options{DryRun: true})
	if got := with.plan.LookUps - without.plan.LookUps; got != 2 || with.plan.Writes != 0 {
		t.Errorf("%d requests more than without, %d writes", got, with.plan.Writes)
	}
}
