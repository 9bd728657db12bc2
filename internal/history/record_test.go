package history

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer/outcome"
	"crmferry/internal/state"
)

// earlierImport and earlierExport are what run.json was before imports and exports had one record.
type earlierImport struct {
	Kind     string                  `json:"kind"`
	Args     []string                `json:"args"`
	Resource string                  `json:"resource"`
	Place    string                  `json:"place"`
	Account  string                  `json:"account"`
	Salt     string                  `json:"salt,omitempty"`
	BaseURL  string                  `json:"base_url"`
	File     string                  `json:"file"`
	Path     string                  `json:"path"`
	Size     int64                   `json:"size_bytes"`
	SHA256   string                  `json:"sha256"`
	Mode     string                  `json:"mode"`
	Limit    int                     `json:"limit,omitempty"`
	Asked    map[string]string       `json:"asked,omitempty"`
	Columns  []string                `json:"columns,omitempty"`
	Rows     int                     `json:"rows,omitempty"`
	Started  time.Time               `json:"started"`
	Finished time.Time               `json:"finished,omitzero"`
	State    string                  `json:"state"`
	Exit     int                     `json:"exit"`
	Counts   map[outcome.Outcome]int `json:"counts,omitempty"`
	Errors   map[string]int          `json:"errors,omitempty"`
	Report   string                  `json:"report,omitempty"`
	Rejects  string                  `json:"rejects,omitempty"`
	Journal  int64                   `json:"journal_bytes,omitempty"`
	Copies   []string                `json:"copies,omitempty"`
	Erased   bool                    `json:"erased,omitempty"`
}

type earlierExport struct {
	Kind     string    `json:"kind"`
	Args     []string  `json:"args"`
	Resource string    `json:"resource"`
	Account  string    `json:"account"`
	BaseURL  string    `json:"base_url"`
	Output   string    `json:"output"`
	Filters  []string  `json:"filters,omitempty"`
	Columns  []string  `json:"columns,omitempty"`
	Since    string    `json:"since,omitempty"`
	Limit    int       `json:"limit,omitempty"`
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished,omitzero"`
	State    string    `json:"state"`
	Rows     int64     `json:"rows"`
}

var (
	began  = time.Date(2026, 7, 2, 9, 15, 0, 0, time.UTC)
	ended  = began.Add(time.Hour)
	someIn = earlierImport{Kind: "import", Args: []string{"import", "growcrm", "a.csv"}, Resource: "growcrm", Place: "p", Account: "a", Salt: "s",
		BaseURL: "https://crm.example.com/api", File: "a.csv", Path: "/tmp/a.csv", Size: 12, SHA256: "f00d", Mode: "create", Limit: 5,
		Asked: map[string]string{"mode": "create"}, Columns: []string{"Email=email"}, Rows: 7, Started: began, Finished: ended, State: Finished,
		Exit: 3, Counts: map[outcome.Outcome]int{outcome.Created: 6, outcome.Failed: 1}, Errors: map[string]int{"taken": 1},
		Report: "/tmp/a.report.csv", Rejects: "/tmp/a.rejects.csv", Journal: 99, Copies: []string{"/tmp/c.csv"}, Erased: true}
	someOut = earlierExport{Kind: "export", Args: []string{"export", "growcrm"}, Resource: "growcrm", Account: "a", BaseURL: "https://crm.example.com/api",
		Output: "c.csv", Filters: []string{"a=b"}, Columns: []string{"email"}, Since: "36h", Limit: 5, Started: began, Finished: ended, State: Stopped, Rows: 7}
)

// through writes a value as JSON and reads it back into another.
func through(t *testing.T, from, to any) {
	t.Helper()
	data, err := json.Marshal(from)
	if err == nil {
		err = json.Unmarshal(data, to)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestRecordsBothWays: what earlier versions have written loses nothing on its way through the one record, and they read
// what this one writes.
func TestRecordsBothWays(t *testing.T) {
	for _, want := range []earlierImport{someIn, {Kind: "import", State: Prepared, Started: began}} {
		var rec Record
		var back earlierImport
		through(t, want, &rec)
		through(t, rec, &back)
		if diff := cmp.Diff(want, back); diff != "" {
			t.Errorf("an import (-want +got):\n%s", diff)
		}
	}
	for _, want := range []earlierExport{someOut, {Kind: "export", State: Prepared, Started: began}} {
		var rec Record
		var back earlierExport
		through(t, want, &rec)
		through(t, rec, &back)
		if diff := cmp.Diff(want, back); diff != "" {
			t.Errorf("an export (-want +got):\n%s", diff)
		}
	}
}

// TestReadPast: what records of earlier versions tell of their runs.
func TestReadPast(t *testing.T) {
	root := t.TempDir()
	write := func(kind string, v any) *Past {
		t.Helper()
		run, err := state.NewRun(root, kind, "growcrm", began)
		if err == nil && v != nil {
			err = run.WriteRecord(v)
		}
		if err != nil {
			t.Fatal(err)
		}
		return ReadPast(root, *run)
	}
	in, out, none := write(Import, someIn), write(Export, someOut), write(Import, nil)
	if !in.Imported() || in.Exported() || in.State != Finished || in.File != "a.csv" || !in.Over().Equal(ended) || in.Record.Exit != 3 {
		t.Errorf("the import: %+v", in)
	}
	if out.Imported() || !out.Exported() || out.State != Stopped || out.File != "c.csv" || out.Record.Rows != 7 || out.BaseURL() != someOut.BaseURL {
		t.Errorf("the export: %+v", out)
	}
	if none.State != NotBegun || none.Err != nil || none.Kind != Import || none.Resource != "growcrm" || none.Args() != nil {
		t.Errorf("what never began: %+v", none)
	}
	other := someIn
	other.State = "of a later version"
	if odd := write(Import, other); odd.State != Unreadable || odd.Err == nil || odd.Imported() {
		t.Errorf("an unknown state: %+v", odd)
	}
	runs, err := Runs(root)
	if err != nil || len(runs) != 4 {
		t.Errorf("Runs = %d, %v", len(runs), err)
	}
	begun, damaged, err := Imports(root)
	if err != nil || len(begun) != 1 || len(damaged) != 1 || len(OfVendor(damaged, "growcrm")) != 1 || OfVendor(damaged, "rogerroger") != nil {
		t.Errorf("Imports = %v, %v, %v", begun, damaged, err)
	}
}
