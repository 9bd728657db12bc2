package importer_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/importer"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/sandbox"
	"crmferry/internal/transport"
	"crmferry/mapping"
)

// unresolved is a Client Commander that fails when it is asked what bears a name.
type unresolved struct{ *clientcommander.Client }

func (unresolved) Resolve(context.Context, string, []string) (map[string][]crm.Ref, error) {
	return nil, failing(crm.Permanent, 400, "no such filter")
}

// TestNamesAreRead: to ask what bears a name is no attempt to write a row, and if it fails nobody has to look whether the row
// was written.
func TestNamesAreRead(t *testing.T) {
	s := sandbox.New(sandbox.Options{})
	tr := transport.New(transport.Options{Authorize: clientcommander.Authorize(s.Variable("", "CRMFERRY_CLIENTCOMMANDER_KEY")), Workers: 1})
	client := clientcommander.New(clientcommander.Config{Base: crmtest.Serve(t, s.Handler(), "/clientcommander"), HTTP: tr.Client()})
	stages, err := client.Resolve(t.Context(), "stages", []string{"Lead", "Showing"})
	if err != nil {
		t.Fatal(err)
	}
	row := func(id, stage string) string {
		return fmt.Sprintf("%s,Nora,nora@example.com,%s,%s", id, stages[stage][0].ID, stage)
	}
	head := "id,firstName,email,stage,stageName"
	made := importAny(t, t.Context(), mapping.ClientCommanderContacts(), client, importer.Options{Path: writeFile(t, head, row("", "Lead"))})
	if made.err != nil || made.results[0].Outcome != outcome.Created || made.results[0].Attempts != 1 {
		t.Fatalf("%v, %+v", made.err, made.results)
	}
	path := writeFile(t, head, row(made.results[0].ID, "Showing"))
	got := importAny(t, t.Context(), mapping.ClientCommanderContacts(), unresolved{Client: client}, importer.Options{Path: path})
	if want := []string{"2 failed server_error"}; got.err != nil || !slices.Equal(outcomesOf(got.results), want) || got.results[0].Attempts != 0 {
		t.Errorf("%v, %+v", got.err, got.results)
	}
}

// watched is a vendor that takes down how old each read is when the contact is written.
type watched struct {
	finds
	read   map[string]time.Time
	oldest time.Duration
}

func (w *watched) Find(ctx context.Context, keys []crm.Key) ([]cloverhound.Contact, error) {
	time.Sleep(time.Duration(len(keys)-1) * 3 * time.Second) // an id is one request
	found, err := w.finds.Find(ctx, keys)
	w.f.mu.Lock()
	defer w.f.mu.Unlock()
	for _, k := range keys {
		w.read[k.ID] = time.Now()
	}
	return found, err
}

func (w *watched) Update(ctx context.Context, found, want cloverhound.Contact, fields crm.Fields) (crm.Answer[cloverhound.Contact], error) {
	ans, err := w.finds.Update(ctx, found, want, fields)
	w.f.mu.Lock()
	defer w.f.mu.Unlock()
	w.oldest = max(w.oldest, time.Since(w.read[fmt.Sprint(found.ID)]))
	return ans, err
}

// TestReadByIDs: rows that are found by their ids, each with a request of its own, are written soon after that.
func TestReadByIDs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.traits.FindBatch = 30
		f.seed(60)
		f.delay = func() time.Duration { return 3 * time.Second }
		vendor := &watched{finds: finds{creates{f}}, read: map[string]time.Time{}}
		lines := []string{"id,Full name"}
		for i := range 60 {
			lines = append(lines, fmt.Sprintf("%d,Changed", i+1))
		}
		got := importAny(t, t.Context(), mapping.CloverhoundContacts(), vendor, importer.Options{Path: writeFile(t, lines...), Workers: 1, Match: mapping.MatchOptions{MatchID: true}, Accept: []string{outcome.CodeMismatch}})
		if got.err != nil || got.summary.Counts[outcome.Updated] != 60 || f.calls["find"] > 60+20 { // 20 for the sample
			t.Fatalf("%v, %v, %v", got.err, got.summary.Counts, f.calls)
		}
		if vendor.oldest > 10*time.Second {
			t.Errorf("a contact was written %v after it was read", vendor.oldest)
		}
	})
}

// TestReadAgainFails: a row that was refused, found and cannot be read again has failed: nothing of it was done.
func TestReadAgainFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.seed(1)
		f.contacts[0].Email = "hidden@example.com"
		looks := -1 // since the create was refused
		f.fail = func(op string, _ int) error {
			switch {
			case op == "create":
				looks, f.contacts[0].Email = 0, "known.0@example.com"
				return &crm.Error{Op: "test", Class: crm.Permanent, Code: crm.CodeTaken, Meta: crm.Meta{Status: 422}}
			case op == "find" && looks >= 0:
				if looks++; looks > 1 {
					return failing(crm.Transient, 502, "bad gateway")
				}
			}
			return nil
		}
		path := writeFile(t, "id,full_name,email", "1,Changed,", ",Other,known.0@example.com")
		got := importInto(t, t.Context(), finds{creates: creates{f: f}}, path, importer.Options{Workers: 1})
		if want := []string{"2 updated", "3 failed server_error"}; got.err != nil || !slices.Equal(outcomesOf(got.results), want) {
			t.Errorf("%v, %v, %v", got.err, outcomesOf(got.results), f.calls)
		}
	})
}
