package cli

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"crmferry/internal/account"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

func TestMain(m *testing.M) {
	if err := flag.Set("test.parallel", "8"); err != nil { // most tests here wait, whatever the number of processors
		panic(err)
	}
	if signal.Ignored(os.Interrupt) { // as in the background of a script: what is started here would ignore it, too
		signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	}
	testscript.Main(m, map[string]func(){"crmferry": apart, hurriedName: hurried})
}

// locksVariable names the folder that tests use in place of the one that all users of the machine share.
const locksVariable = "CRMFERRY_TEST_LOCKS"

// apart is main, with locks that are no other program's on this machine.
func apart() {
	a := newApp(os.Stdin, os.Stdout, os.Stderr)
	a.locks = testLocks()
	os.Exit(int(a.run(context.Background(), os.Args[1:])))
}

func testLocks() []string {
	if dir := os.Getenv(locksVariable); dir != "" {
		return []string{dir}
	}
	return nil
}

// TestScript runs the binary itself by the scripts in testdata/script. Beside the usual commands there are
//
//	exits CODE crmferry ARGS...   like exec, but the exit code must be CODE
//	sandbox [ARGS...]             serve a sandbox until the script ends and set the variables that point to it;
//	                              arguments: contacts=N, limits, fault=FAULT
//	answers STATUS TYPE FILE      serve FILE to every request and set the variables of all vendors to it
//
// and $SAMPLES is the folder of the samples.
func TestScript(t *testing.T) {
	samples, err := filepath.Abs("../../samples")
	if err != nil {
		t.Fatal(err)
	}
	p := testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SAMPLES", samples)
			env.Setenv(state.RootVariable, filepath.Join(env.WorkDir, ".state"))
			env.Setenv(account.ConfigVariable, filepath.Join(env.WorkDir, ".config"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   scriptExits,
			"sandbox": scriptSandbox,
			"answers": scriptAnswers,
			"inruns":  scriptInRuns,
		},
	}
	if testing.Short() { // under the race detector each start of the program takes a second: those with much concurrency
		p.Dir = ""
		for _, name := range []string{"import", "resume", "export", "deletecopy", "unreachable"} {
			p.Files = append(p.Files, filepath.Join("testdata/script", name+".txtar"))
		}
	}
	testscript.Run(t, p)
}

func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func scriptInRuns(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 || args[0] != "remove" && args[0] != "damage" {
		ts.Fatalf("usage: inruns remove|damage FILE")
	}
	paths, err := filepath.Glob(ts.MkAbs(filepath.Join(".state", "*-import-*", args[1])))
	ts.Check(err)
	if len(paths) == 0 {
		ts.Fatalf("no run has a file %q", args[1])
	}
	for _, path := range paths {
		if args[0] == "remove" {
			ts.Check(os.Remove(path))
			continue
		}
		data, err := os.ReadFile(path)
		ts.Check(err)
		data[bytes.IndexByte(data, '\n')+len(`{"c":"`)+1] = 'x' // in the checksum of line 2
		ts.Check(os.WriteFile(path, data, 0o600))
	}
}

func scriptSandbox(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("sandbox cannot be negated")
	}
	var o sandbox.Options
	for _, arg := range args {
		name, value, _ := strings.Cut(arg, "=")
		switch name {
		case "contacts":
			n, err := strconv.Atoi(value)
			ts.Check(err)
			o.Contacts = n
		case "limits":
			o.Limits = true
		case "fault":
			f, err := sandbox.ParseFault(value)
			ts.Check(err)
			o.Faults = append(o.Faults, f)
		case "require-custom", "custom":
			of, own, _ := strings.Cut(value, "/")
			o.Custom = append(o.Custom, sandbox.Custom{Of: of, Name: own, Required: name == "require-custom"})
		default:
			ts.Fatalf("unknown argument %q of sandbox", arg)
		}
	}
	s, err := account.StartSandbox("127.0.0.1:0", o)
	ts.Check(err)
	ts.Defer(s.Close)
	for _, set := range s.Environment(s.URL) {
		ts.Setenv(set.Name, set.Value)
	}
}

func scriptAnswers(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: answers STATUS TYPE FILE")
	}
	status, err := strconv.Atoi(args[0])
	ts.Check(err)
	server := httptest.NewServer(answering(status, args[1], ts.ReadFile(args[2])))
	ts.Defer(server.Close)
	for _, v := range account.All().Vendors() {
		for name, value := range canarySettings(v, server.URL) {
			ts.Setenv(name, value)
		}
	}
}

// answering gives the same answer to every request.
func answering(status int, contentType, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	})
}

// canary marks keys of tests: it must not be seen in any output.
const canary = "canary-bird-in-the-mine"

// canarySettings are variables of a vendor whose keys hold the canary.
func canarySettings(v *account.Vendor, base string) map[string]string {
	env := map[string]string{}
	for _, s := range v.Settings {
		switch {
		case s.Suffix == account.SuffixURL:
			env[v.Variable(s.Suffix)] = base
		case s.Secret:
			env[v.Variable(s.Suffix)] = canary + "-" + strings.ToLower(s.Suffix)
		default:
			env[v.Variable(s.Suffix)] = "1"
		}
	}
	return env
}
