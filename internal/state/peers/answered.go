package peers

import (
	"os"
	"path/filepath"

	"crmferry/internal/state"
)

// answeredFolder holds, below a root, a file for each account that has ever answered.
const answeredFolder = "answered"

// HasAnswered reports whether an account, named by its Fingerprint, has ever answered a command of this root: then its address and its
// name are right, and who does not reach it now may wait.
func HasAnswered(root, account string) bool {
	return state.Exists(filepath.Join(root, answeredFolder, account))
}

// NoteAnswered writes down that an account has answered.
func NoteAnswered(root, account string) error {
	for _, dir := range []string{root, filepath.Join(root, answeredFolder)} {
		if err := state.MakeFolder(dir); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(filepath.Join(root, answeredFolder, account), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}
