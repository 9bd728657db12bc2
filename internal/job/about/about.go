package about

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"sync"

	"crmferry/importer/runrows"
	"crmferry/importer/trace"
	"crmferry/internal/account"
	"crmferry/internal/history"
	"crmferry/mapping/people"
)

// Run is a run that was searched.
type Run struct {
	*history.Past
	Resource account.Resource // nil if this version does not know it
	Found    *trace.Found     // nil if Err says why it could not be searched
	Err      error
}

// ErrNothingAsked is returned for a text that can mean nobody.
var ErrNothingAsked = errors.New("it is no e-mail address, phone, name or id")

// Search searches those of the runs that may have changed contacts, for the contact that a text means, and returns them in
// their order. The error is ErrNothingAsked, or the cause of the context's end.
func Search(ctx context.Context, registry *account.Registry, past []*history.Past, text string) ([]*Run, error) {
	question := people.Ask(text)
	if len(question.Marks()) == 0 {
		return nil, ErrNothingAsked
	}
	var runs []*Run
	for _, p := range past {
		if p.Kind != history.Export && p.State != history.NotBegun {
			runs = append(runs, &Run{Past: p})
		}
	}
	next := make(chan *Run)
	var searchers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		searchers.Go(func() {
			for r := range next {
				r.search(ctx, registry, question)
			}
		})
	}
	for _, r := range runs {
		next <- r
	}
	close(next)
	searchers.Wait()
	return runs, context.Cause(ctx)
}

// search searches one run.
func (r *Run) search(ctx context.Context, registry *account.Registry, q people.Question) {
	if r.Err = r.Past.Err; r.Err != nil {
		return
	}
	if r.Resource, r.Err = registry.Find(r.Past.Resource); r.Err != nil {
		r.Err = fmt.Errorf("its contacts are of %q, which this version does not know", r.Past.Resource)
		return
	}
	r.Found, r.Err = r.Resource.Trace(ctx, trace.Run{Rows: filepath.Join(r.Dir, runrows.Name), Journal: r.JournalPath()}, q)
	if errors.Is(r.Err, fs.ErrNotExist) {
		r.Err = errors.New("its journal is gone")
	}
}
