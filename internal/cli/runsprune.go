package cli

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
)

// parseAge reads an age: 90d, 12h, 30m.
func parseAge(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n >= 0 && n <= 36500 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	} else if d, err := time.ParseDuration(s); err == nil && d >= 0 {
		return d, nil
	}
	return 0, failure.Usage("give a time such as 90d or 12h", "--prune %q is not an age", s)
}

// pruneRuns removes the runs of a list that are over for longer than an age. named says that the list is the one run
// that the user named.
func (a *app) pruneRuns(root string, list []*history.Past, named bool, o runsOptions) error {
	age, err := parseAge(o.prune)
	if err != nil {
		return err
	}
	var old []*history.Past
	var kept []string
	for _, p := range list {
		if a.now().Sub(p.Over()) < age {
			continue
		}
		if why := a.keepText(p, named); why != "" {
			kept = append(kept, p.ID+": "+why)
		} else {
			old = append(old, p)
		}
	}
	for _, line := range kept {
		a.ui.Notef("kept %s", line)
	}
	if named && len(kept) > 0 {
		return failure.Quietly(failure.ExitUsage)
	}
	if ok, err := a.mayRemove(old, o); err != nil || !ok {
		return err
	}
	removed := []string{}
	for _, p := range old {
		// Meanwhile somebody may have gone on with it.
		if history.ReadPast(root, p.Run).State != p.State {
			a.ui.Notef("kept %s: it has changed", p.ID)
			continue
		}
		if err := p.Remove(); err != nil {
			return err
		}
		removed = append(removed, p.ID)
	}
	if a.ui.JSON {
		return a.ui.WriteJSON(map[string]any{"removed": removed, "kept": len(list) - len(removed)})
	}
	a.ui.Resultf("removed %s, kept %s", humanize.Count(int64(len(removed)), "run"), humanize.Number(int64(len(list)-len(removed))))
	return nil
}

// keepText says why an old run is not removed, "" if it is.
func (a *app) keepText(p *history.Past, named bool) string {
	r, err := a.registry.Find(p.Resource)
	canLookUp := err == nil && r.Capabilities(false).Find
	allTheSame := "; to remove it all the same: crmferry runs " + p.ID + " --prune 0d"
	switch p.Keep(named, canLookUp, a.now()) {
	case history.KeepRunning:
		return "it is going on, " + p.Holder.String()
	case history.KeepBeginning:
		return "it may be about to begin"
	case history.KeepResumable:
		return "it can be resumed" + allTheSame
	case history.KeepUnreadable:
		return "its record cannot be read" + allTheSame
	case history.KeepAgainstTwice:
		return "its record keeps the file from being imported twice" + allTheSame
	}
	return ""
}

// mayRemove asks, unless the flags answer already or there is nothing to remove.
func (a *app) mayRemove(old []*history.Past, o runsOptions) (bool, error) {
	if len(old) == 0 || o.yes {
		return true, nil
	}
	if !a.ui.CanAsk() {
		return false, failure.Usage("say --yes to remove them without being asked",
			"%s would be removed, there is no terminal to ask on, and nothing was removed", humanize.Count(int64(len(old)), "run"))
	}
	var size int64
	for _, p := range old {
		n, err := p.Size()
		if err != nil {
			return false, err
		}
		size += n
	}
	for _, p := range old {
		a.ui.Notef("  %s  %s  %s", p.ID, p.State, p.File)
	}
	yes, err := a.ui.Ask("Remove " + humanize.Count(int64(len(old)), "run") + " with " + humanize.Number((size+1023)/1024) + " KiB?")
	if err == nil && !yes {
		err = failure.New(failure.ExitStopped, errors.New("nothing was removed"))
	}
	return yes, err
}
