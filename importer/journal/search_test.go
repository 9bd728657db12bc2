package journal

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer/outcome"
	"crmferry/internal/state"
)

// writeRecords writes a journal, and returns its path.
func writeRecords(t *testing.T, records ...record) string {
	t.Helper()
	var text bytes.Buffer
	out := state.NewRecords(&text)
	for _, r := range records {
		if err := out.Append(r.appendJSON(nil)); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSearch(t *testing.T) {
	now := time.UnixMilli(1_795_907_306_000)
	update := outcome.Result{Row: 3, Outcome: outcome.Updated, Action: outcome.ActionUpdate, ID: "7", Changed: []string{"phone"}, Finished: now}
	intent := intentRecord(recordIntent, 1, &update, now)
	intent.Before, intent.After = []byte(`{"phone":"1"}`), []byte(`{"phone":"2"}`)
	records := []record{
		{Kind: recordHead}, {Kind: recordStart, Rows: 5, At: now.UnixMilli()},
		intent, outcomeRecord(1, &update, true),
		outcomeRecord(0, &outcome.Result{Row: 2, Outcome: outcome.Created, ID: "8", Finished: now}, true),
		{Kind: recordUpTo, Seq: 4, At: now.UnixMilli()},
	}
	seven := func(raw []byte) (bool, error) { return bytes.Contains(raw, []byte(`"id":"7"`)), nil }
	for _, tt := range []struct {
		name    string
		records []record
		wanted  []int
		want    []string
	}{
		{"by a record", records, nil, []string{"1: updated, 1 image"}},
		{"by the row", records, []int{0}, []string{"0: created, 0 image", "1: updated, 1 image"}},
		{"allowed to leave", records, []int{3}, []string{"1: updated, 1 image", "3: unknown, 0 image, open"}},
		{"not reached", records, []int{4}, []string{"1: updated, 1 image", "4: nothing"}},
		{"the session ended well", append(records, record{Kind: recordEnded}), []int{3}, []string{"1: updated, 1 image", "3: nothing"}},
		{"damaged once", append(records, record{Kind: recordDoubt}), []int{4}, []string{"1: updated, 1 image", "4: unknown, 0 image, open"}},
		{"before the answer", records[:3], nil, []string{"1: unknown, 1 image, open"}},
	} {
		var got []string
		damage, err := Search(writeRecords(t, tt.records...), tt.wanted, seven, func(seq int, r *Row) error {
			line := fmt.Sprintf("%d: nothing", seq)
			if r != nil {
				line = fmt.Sprintf("%d: %s, %d image", seq, r.Result.Outcome, len(r.Images))
				if r.Open {
					line += ", open"
				}
			}
			got = append(got, line)
			return nil
		})
		if err != nil || damage != (state.Damage{}) {
			t.Fatalf("%s: %v, %v", tt.name, damage, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}

func TestHeadOf(t *testing.T) {
	for raw, want := range map[string]string{
		`{"t":"outcome","n":12,"at":1}`:       "outcome 12",
		`{"t":"head","n":0}`:                  "head 0",
		`{"n":3,"t":"intent"}`:                "intent 3",
		`{"t":"int\u0065nt","n": 3}`:          "intent 3",
		`{"t":"link","link":"x","name":"\""}`: "link 0",
	} {
		kind, seq, err := headOf([]byte(raw))
		if got := fmt.Sprintf("%s %d", kind, seq); got != want || err != nil {
			t.Errorf("%s is %q, %v, want %q", raw, got, err, want)
		}
	}
	if _, _, err := headOf([]byte(`[]`)); err == nil {
		t.Error("a list is a record")
	}
}
