package cli

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/failure"
	"crmferry/internal/pipenet"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

var recordWith = flag.String("record", "", "the binary that TestRecordEarlier records state folders with; its name is that of their folder")

// earlierRuns holds what binaries of earlier versions left behind when they were killed: see its README.md.
const earlierRuns = "testdata/earlier/runs"

// recordedRun is an import that was killed midway, beside the state folder that it left.
type recordedRun struct {
	Vendor string          `json:"vendor"`
	Args   []string        `json:"args"`   // behind the file
	People []int           `json:"people"` // by row, from row 2 on: numbers of seed.SamplePerson
	Host   string          `json:"host"`   // of the sandbox
	Killed time.Time       `json:"killed"`
	Writes []recordedWrite `json:"writes"` // which the sandbox carried out, whether or not it could answer
}

// recordedWrite is a request that changed something.
type recordedWrite struct {
	At     time.Time   `json:"at"`
	Method string      `json:"method"`
	Path   string      `json:"path"`
	Header http.Header `json:"header"`
	Body   string      `json:"body"`
}

// TestResumeEarlierRuns goes on with the imports that earlier versions began, killed midway with requests under way, in
// state folders that stand byte for byte as those versions left them. The sandbox holds what it held then, and the time,
// which is simulated, is soon after then. In the end each row has exactly one outcome and each contact exists once.
func TestResumeEarlierRuns(t *testing.T) {
	records, err := filepath.Glob(filepath.Join(earlierRuns, "*", "*", "recorded.json"))
	if err != nil || len(records) < 2 {
		t.Fatalf("recorded runs %q, %v", records, err)
	}
	for _, record := range records {
		folder := filepath.Dir(record)
		name, _ := filepath.Rel(earlierRuns, folder)
		for _, later := range []time.Duration{time.Minute, 30 * time.Hour} { // an Idempotency-Key holds for a day
			if testing.Short() && later > time.Hour {
				continue
			}
			t.Run(name+"/"+later.String(), func(t *testing.T) {
				t.Parallel()
				var was recordedRun
				if err := json.Unmarshal(readFile(t, record), &was); err != nil {
					t.Fatal(err)
				}
				was.resume(t, folder, later)
			})
		}
	}
}

// resume goes on with a recorded run, which a folder holds, some time after it was killed.
func (was *recordedRun) resume(t *testing.T, folder string, later time.Duration) {
	watchSignals()
	dir := memoryDir(t)
	for _, part := range []string{"state", "people"} {
		if err := os.CopyFS(filepath.Join(dir, part), os.DirFS(filepath.Join(folder, part))); err != nil {
			t.Fatal(err)
		}
	}
	makePrivate(t, dir)
	c := &cargo{vendor: was.Vendor, flags: was.Args, file: filepath.Join(dir, "people", "people.csv"), people: was.People}
	report := filepath.Join(dir, "report.csv")
	args := append([]string{"import", was.Vendor, c.file, "--report", report, "--resume"}, was.Args...)
	synctest.Test(t, func(t *testing.T) {
		s := sandbox.New(sandbox.Options{})
		for _, w := range was.Writes {
			w.carryOut(s.Handler())
		}
		time.Sleep(time.Until(was.Killed.Add(later)))
		network, stop := pipenet.Serve(s.Handler())
		env := map[string]string{state.RootVariable: filepath.Join(dir, "state")}
		for _, set := range s.Environment("http://" + was.Host) {
			env[set.Name] = set.Value
		}
		wantLines(t, "the list", runApp(t, env, "runs").stdout, "  resumable  import  "+was.Vendor)
		code, said := runOver(t, network, env, args)
		stop()
		wantLines(t, "the list", runApp(t, env, "runs").stdout, "  finished  import  "+was.Vendor)
		if code != failure.ExitOK && !(c.blind() && code == failure.ExitRows) {
			t.Errorf("exit code %d", code)
		}
		wantLines(t, "stderr", said, "goes on with the run ")
		for _, w := range c.audit(readReport(t, report), s.Report()) {
			t.Error(w)
		}
		if t.Failed() {
			t.Logf("the program said:\n%s", said)
		}
		time.Sleep(time.Hour) // what is late is done, and no goroutine is left
	})
}

// makePrivate gives files and folders the modes that crmferry gives them, and git does not keep.
func makePrivate(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return os.Chmod(path, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// carryOut sends the request to a sandbox at the time at which it was sent.
func (w recordedWrite) carryOut(vendor http.Handler) {
	time.Sleep(time.Until(w.At))
	req := httptest.NewRequest(w.Method, w.Path, strings.NewReader(w.Body))
	req.Header = w.Header
	vendor.ServeHTTP(httptest.NewRecorder(), req)
}

// TestRecordEarlier records runs of an earlier version for TestResumeEarlierRuns:
//
//	go test ./internal/cli -run TestRecordEarlier -record /tmp/1.2.0
func TestRecordEarlier(t *testing.T) {
	if *recordWith == "" {
		t.Skip("no binary to record with: see -record")
	}
	for _, vendor := range allVendors() {
		for _, mode := range modesOf(vendor) {
			if mode != update && (mode != create || vendor == "cloverhound") {
				t.Run(vendor+"-"+mode, func(t *testing.T) { record(t, vendor, mode) })
			}
		}
	}
}

const recordedRows = 15

// recordedWrites says how many writes of a recorded run are answered, and how many are carried out. The others get no
// answer.
func recordedWrites(mode string) (answered, carriedOut int) {
	if mode == remove { // of five contacts
		return 2, 3
	}
	return 9, 11
}

// record kills an import midway and keeps what it leaves behind.
func record(t *testing.T, vendor, mode string) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "people"), 0o700); err != nil {
		t.Fatal(err)
	}
	c := load(t, filepath.Join(dir, "people"), vendor, mode, recordedRows)
	is := &recordedRun{Vendor: vendor, People: c.people, Args: append([]string{"--yes", "--rate", "off", "--workers", "4"}, c.flags...)}
	s := sandbox.New(sandbox.Options{})
	held, goOn := make(chan struct{}, 100), make(chan struct{})
	answered, carriedOut := recordedWrites(mode)
	server := httptest.NewServer(is.recorder(s.Handler(), answered, carriedOut, held, goOn))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(goOn) })
	is.Host = strings.TrimPrefix(server.URL, "http://")
	env := map[string]string{state.RootVariable: filepath.Join(dir, "state")}
	for _, set := range s.Environment(server.URL) {
		env[set.Name] = set.Value
	}
	p := startCommand(t, env, exec.Command(*recordWith, append([]string{"import", vendor, c.file}, is.Args...)...))
	select {
	case <-held:
	case <-time.After(20 * time.Second):
		t.Fatalf("%d writes were carried out:\n%s", len(is.Writes), p.stderr.String())
	}
	time.Sleep(2 * time.Second) // outcomes are in the journal within one
	_ = p.Process.Kill()
	_ = p.Wait()
	is.Killed = time.Now()
	is.keep(t, dir, filepath.Join(earlierRuns, filepath.Base(*recordWith), vendor+"-"+mode))
}

// recorder stands before the vendors and writes down what is changed.
func (is *recordedRun) recorder(vendors http.Handler, answered, carriedOut int, held chan<- struct{}, goOn <-chan struct{}) http.Handler {
	var mu sync.Mutex
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isWrite(r) {
			vendors.ServeHTTP(w, r)
			return
		}
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		mu.Lock()
		n := len(is.Writes)
		if n < carriedOut {
			header := r.Header.Clone()
			for _, name := range []string{"Accept", "Accept-Encoding", "Content-Length", "User-Agent"} {
				header.Del(name)
			}
			is.Writes = append(is.Writes, recordedWrite{time.Now(), r.Method, r.URL.RequestURI(), header, string(body)})
		}
		reply := httptest.NewRecorder()
		if n < carriedOut {
			vendors.ServeHTTP(reply, r)
		}
		mu.Unlock()
		if n >= answered {
			held <- struct{}{}
			<-goOn
			return
		}
		for name, values := range reply.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(reply.Code)
		_, _ = w.Write(reply.Body.Bytes())
	})
}

// keep copies the file, what stands beside it and the state folder but for locks into a folder.
func (is *recordedRun) keep(t *testing.T, dir, folder string) {
	t.Helper()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	var kept []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, path)
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".lock") || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		kept = append(kept, rel)
		text := bytes.ReplaceAll(readFile(t, path), []byte(dir), []byte("/recorded"))
		target := filepath.Join(folder, rel)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, text, 0o644)
	})
	if err == nil && !slices.ContainsFunc(kept, func(name string) bool { return strings.HasSuffix(name, "journal.jsonl") }) {
		t.Fatalf("it left %q", kept)
	}
	data, jsonErr := json.Marshal(is)
	if err == nil {
		err = jsonErr
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "recorded.json"), data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("kept %q", kept)
}
