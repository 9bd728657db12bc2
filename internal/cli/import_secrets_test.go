package cli

import (
	"bytes"
	"encoding/base64"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/state"
)

// TestGoodImportLeavesNoKey: an import that goes well leaves no key either, in what it prints, even of each request, in
// its report, in the record of its run, or in a cell of the file that is refused.
func TestGoodImportLeavesNoKey(t *testing.T) {
	for _, v := range account.All().Vendors() {
		t.Run(v.ID, func(t *testing.T) {
			_, env := runningSandbox(t)
			var secrets []string
			for _, set := range v.Settings {
				if set.Secret {
					secrets = append(secrets, env[v.Variable(set.Suffix)])
				}
			}
			secrets = append(secrets, base64.StdEncoding.EncodeToString([]byte(strings.Join(secrets, ":"))))
			file := putFile(t, "leads.csv", leads+"Pia,Pas,no address,Acme Inc,\n")
			got := runApp(t, env, "import", v.ID, file, "--yes", "--rate", "off", "--verbose", "--json")
			if got.code != failure.ExitRows || !strings.Contains(got.stderr, "method=POST") {
				t.Fatalf("exit code %d, stderr:\n%s", got.code, got.stderr)
			}
			runs, err := state.Runs(env[state.RootVariable])
			if err != nil || len(runs) != 1 {
				t.Fatalf("%d runs are kept, %v", len(runs), err)
			}
			written := map[string][]byte{"stdout": []byte(got.stdout), "stderr": []byte(got.stderr)}
			for _, folder := range []string{filepath.Dir(file), env[state.RootVariable]} {
				err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
					if err == nil && !d.IsDir() {
						written[path], err = os.ReadFile(path)
					}
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if _, ok := written[filepath.Join(runs[0].Dir, "run.json")]; !ok {
				t.Error("the run has no record")
			}
			for name, content := range written {
				for _, secret := range secrets {
					if bytes.Contains(content, []byte(secret)) {
						t.Errorf("%s holds a key:\n%s", name, content)
					}
				}
			}
		})
	}
}
