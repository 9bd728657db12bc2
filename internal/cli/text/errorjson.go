package text

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"crmferry/importer/survey"
	"crmferry/internal/failure"
)

// ErrorJSON is why a command did not do all that it was asked for, for programs (--json).
type ErrorJSON struct {
	Code    string   `json:"code"` // the name of the exit code: failed, usage, rows, stopped, locked
	Exit    int      `json:"exit"`
	Message string   `json:"message"`
	Hint    string   `json:"hint,omitempty"`
	Fields  []string `json:"fields,omitempty"` // those that have no column that can be used
}

// FailureJSON is what --json prints where a command fails or is interrupted.
type FailureJSON struct {
	Error  ErrorJSON `json:"error"`
	Resume string    `json:"resume,omitempty"` // the command that goes on
}

// NewFailureJSON puts what ended a command into the form for programs.
func NewFailureJSON(f *failure.Error) FailureJSON {
	out := FailureJSON{ErrorJSON{Code: f.Code.Name(), Exit: int(f.Code), Message: f.Error(), Hint: strings.Join(f.Hints, "; ")}, f.Resume}
	if refused := (*survey.HeaderError)(nil); errors.As(f.Err, &refused) {
		out.Error.Fields = refused.Err.Fields
	}
	return out
}

// Failed adds what ended a command to what it has to say all the same, such as the counts of an import that was interrupted.
// result is nil where there is nothing; a list stays as it is.
func Failed(result any, f *failure.Error) (any, error) {
	failed, err := json.Marshal(NewFailureJSON(f))
	if err != nil || result == nil {
		return json.RawMessage(failed), err
	}
	said, err := json.Marshal(result)
	if err != nil {
		return nil, err
	}
	switch {
	case said[0] == '[' && !bytes.Equal(said, []byte("[]")): // it lists what there is all the same; exit code and stderr say the rest
		return json.RawMessage(said), nil
	case said[0] != '{' || bytes.Equal(said, []byte("{}")):
		return json.RawMessage(failed), nil
	}
	return json.RawMessage(string(said[:len(said)-1]) + "," + string(failed[1:])), nil
}
