package runs

import (
	"context"
	"errors"

	"crmferry/internal/cli/say"
	"crmferry/internal/cli/text/pastruns"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job/about"
)

// showContact shows what runs did to the contact that words mean. Where nothing was found and something could not be read, the
// answer is not known.
func (c *Command) showContact(ctx context.Context, list []*history.Past, words string) error {
	runs, err := about.Search(ctx, c.Registry, list, words)
	if errors.Is(err, about.ErrNothingAsked) {
		return failure.Usage("give an e-mail address, a phone, a whole name or an id", "--about %q: %v", words, err)
	}
	if err != nil {
		return err
	}
	rows, _, unread := pastruns.CountAbout(runs)
	if c.UI.JSON {
		*c.Said = pastruns.NewAboutJSON(words, runs)
	} else {
		c.showAbout(runs, words)
	}
	if rows == 0 && unread > 0 {
		return failure.Quietly(failure.ExitFailed)
	}
	return nil
}

// showAbout prints what was found for people.
func (c *Command) showAbout(runs []*about.Run, words string) {
	for _, r := range runs {
		if r.Found == nil || len(r.Found.Rows) == 0 {
			continue
		}
		for _, line := range pastruns.AboutRun(r) {
			c.UI.Printf("%s\n", line)
		}
	}
	say.Messages(c.UI, pastruns.AboutGaps(runs)...)
	say.Messages(c.UI, pastruns.AboutSummary(words, runs)...)
}
