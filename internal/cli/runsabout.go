package cli

import (
	"context"
	"errors"

	"crmferry/internal/cli/text/pastruns"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job/about"
)

// runsAbout shows what runs did to the contact that words mean. Where nothing was found and something could not be read, the
// answer is not known.
func (a *app) runsAbout(ctx context.Context, list []*history.Past, words string) error {
	runs, err := about.Search(ctx, a.registry, list, words)
	if errors.Is(err, about.ErrNothingAsked) {
		return failure.Usage("give an e-mail address, a phone, a whole name or an id", "--about %q: %v", words, err)
	}
	if err != nil {
		return err
	}
	rows, _, unread := pastruns.CountAbout(runs)
	if a.ui.JSON {
		a.said = pastruns.NewAboutJSON(words, runs)
	} else {
		a.showAbout(runs, words)
	}
	if rows == 0 && unread > 0 {
		return failure.Quietly(failure.ExitFailed)
	}
	return nil
}

// showAbout prints what was found for people.
func (a *app) showAbout(runs []*about.Run, words string) {
	for _, r := range runs {
		if r.Found == nil || len(r.Found.Rows) == 0 {
			continue
		}
		for _, line := range pastruns.AboutRun(r) {
			a.ui.Printf("%s\n", line)
		}
	}
	a.say(pastruns.AboutGaps(runs)...)
	a.say(pastruns.AboutSummary(words, runs)...)
}
