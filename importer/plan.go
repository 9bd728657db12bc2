package importer

import (
	"context"
	"time"

	"crmferry/importer/directory"
	"crmferry/importer/holder"
	"crmferry/importer/links"
	"crmferry/importer/modes"
	"crmferry/importer/steps"
	"crmferry/importer/undo"
	"crmferry/internal/crm"
)

// Plan is what a run is going to do, as far as that is known before its first write.
type Plan struct {
	Rows     int           // rows to be sent
	Settled  int           // rows that earlier sessions of the run have done
	LookUps  int           // requests for looking contacts up
	Writes   int           // requests that change something, at most
	First    string        // with DeleteOnly: the contact that goes first, for people; "" if it is not there
	Doubtful []links.Count // names that nothing or several things bear
	Unproven []links.Unproven
	Waits    time.Duration // for requests of rows in doubt that may still be carried out, at most
	Missing  []links.Count // names that will be created first, if a row needs them when it is decided on
	Blind    bool          // contacts may be updated that were not read: what they held cannot be put back
	Endless  bool          // everybody is listed, too, in as many requests as it takes: nothing tells how many contacts there are
}

// Requests is how many requests are still to come, at most.
func (p *Plan) Requests() int { return p.LookUps + p.Writes + len(p.Missing) }

// Connect checks that the vendor can do what is wanted and reads what the plan needs: names to ids, and at most one
// page of contacts. Nothing is written.
func (im *Importer[C]) Connect(ctx context.Context, vendor crm.Creator[C]) (*Plan, error) {
	if im.o.From != modes.FromRun {
		if err := modes.Check(im.o.Mode, vendor); err != nil {
			return nil, err
		}
	}
	im.vendor = vendor
	im.updater, _ = vendor.(crm.Updater[C])
	im.deleter, _ = vendor.(crm.Deleter[C])
	if stepper, ok := vendor.(crm.Stepper[C]); ok {
		im.stepOnly = stepper.StepFields()
	}
	if err := links.CheckKinds(im.o.CreateMissing, vendor); err != nil {
		return nil, err
	}
	if err := im.links.Resolve(ctx, vendor, im.o.Journal.LinkAt); err != nil {
		return nil, err
	}
	if linker, ok := vendor.(crm.Linker[C]); ok {
		if err := im.links.Claims.Resolve(ctx, linker); err != nil && (im.claimsEarly() || crm.ClassOf(err) != crm.Permanent && crm.ClassOf(err) != crm.Forbidden) {
			return nil, err
		}
	}
	im.answered = len(im.LinkKinds()) > 0
	if err := im.chooseLookup(ctx); err != nil {
		return nil, err
	}
	if err := im.checkSample(ctx); err != nil {
		return nil, err
	}
	im.plan = im.newPlan()
	if err := im.countMissing(ctx); err != nil {
		return nil, err
	}
	if im.o.Mode == modes.DeleteOnly {
		im.plan.Rows = min(im.plan.Rows, im.survey.Keys)
		im.plan.Writes = min(im.plan.Writes, im.plan.Rows)
		if im.copies() {
			im.plan.LookUps *= 2 // to be copied, and again if that was long ago
		}
		return im.plan, im.readFirst(ctx)
	}
	return im.plan, nil
}

// chooseLookup finds out how contacts are looked up, before they are written and after an answer was lost.
func (im *Importer[C]) chooseLookup(ctx context.Context) error {
	if im.needsLookup() {
		im.directory = im.newDirectory()
	}
	if im.directory == nil && !im.answered {
		if err := im.checkKey(ctx); err != nil {
			return err
		}
		if im.needsLookup() { // by the vendor's clock, which is known now
			im.directory = im.newDirectory()
		}
	}
	if im.directory == nil {
		im.file.Keys.Forget() // only look-ups need them
		if d := im.newDirectory(); d.CanFind() {
			im.verifier = d
		}
		return nil
	}
	im.file.Keys.Sort()
	if err := im.directory.Choose(ctx); err != nil {
		return err
	}
	im.answered = im.answered || im.directory.Total() >= 0 || im.directory.Lists()
	im.verifier = im.directory
	return nil
}

// newDirectory returns what looks contacts up, nil if the vendor documents no way.
func (im *Importer[C]) newDirectory() *directory.Directory[C] {
	return directory.New(im.table, im.vendor, directory.Options{Clock: im.clock, Keys: im.survey.Keys, IDs: min(im.survey.ByID, im.survey.Keys), Words: min(im.survey.ByWords, im.survey.Keys), Has: im.file.Keys.Has, ReadEach: im.o.Mode == modes.DeleteOnly || im.o.From == modes.FromRun,
		InTime: im.rowsWithin(MaxAge * 2 / 3), Fresh: MaxAge / 2})
}

// checkKey makes a read where the vendor documents one for that: a wrong key or address shows before a contact leaves.
func (im *Importer[C]) checkKey(ctx context.Context) error {
	c, ok := im.vendor.(crm.Checker)
	if !ok {
		return nil
	}
	if _, err := c.Check(ctx); err != nil {
		return err
	}
	im.answered = true
	return nil
}

// needsLookup reports whether contacts are looked up before they are written. A vendor that upserts does it by itself,
// unless the mode, a row's id or a default asks for more than that; a dry run wants to know all the same, a plan is compared
// with what is found, and who may want to take updates back has to know what was there.
func (im *Importer[C]) needsLookup() bool {
	t := im.vendor.Traits()
	return !t.CreateUpserts || im.o.Mode != modes.Upsert || im.o.DryRun || im.o.From != modes.FromFile || im.o.Lookup || im.survey.ByID > 0 || len(im.matching.Defaults()) > 0 || im.anyForgotten()
}

// rowsWithin is how many rows can be written within d at the pace of the vendor, 0 for any number.
func (im *Importer[C]) rowsWithin(d time.Duration) int {
	if im.o.Pace == 0 || im.o.DryRun {
		return 0
	}
	rows := max(im.survey.Valid()+im.survey.Further, 1)
	return max(int(im.o.Pace*d.Seconds()*float64(rows)/float64(im.writes(rows))), 1)
}

// writes is how many requests that many rows take which change something, at most.
func (im *Importer[C]) writes(rows int) int {
	for _, f := range im.stepOnly {
		rows += im.survey.Sets[f]
	}
	return rows
}

func (im *Importer[C]) newPlan() *Plan {
	s, p := im.survey, &Plan{Unproven: im.links.Claims.Unproven(), Blind: im.directory == nil && im.vendor.Traits().CreateUpserts && im.o.Mode != modes.CreateOnly}
	p.Rows = im.toSend
	if j := im.o.Journal; j.Begun() {
		p.Rows, p.Settled = max(p.Rows-j.Counts().Sent, 0), j.Counts().Finished
		if im.o.From == modes.FromPlan { // an outcome may be one that the plan has
			p.Rows = min(im.toSend, s.Records()-p.Settled)
		}
	}
	if im.directory != nil {
		p.LookUps, p.Endless = im.directory.Requests(), im.directory.Unmeasured()
		if n := s.Valid() + s.Further; !im.directory.Lists() && n > 0 {
			p.LookUps = (p.LookUps*p.Rows + n - 1) / n
		}
	}
	if im.freshDoubt || im.o.Journal.Counts().InDoubt > 0 && im.directory != nil {
		p.Waits = im.o.late()
	}
	for _, d := range im.links.Doubtful() {
		if d.Matches == 0 && im.creates(d.Kind) {
			p.Missing = append(p.Missing, d)
			im.links.Use(d.Kind, d.Name).NoNeed = true
		} else {
			p.Doubtful = append(p.Doubtful, d)
		}
	}
	p.LookUps += im.parts + undo.Asks(im.o.From == modes.FromRun, im.vendor, p.Rows) + steps.Foretelling(im.vendor, s.Sets)
	if _, holders := im.vendor.(crm.HolderFinder); holders && im.o.DryRun && im.directory != nil && im.o.Mode != modes.DeleteOnly {
		p.LookUps += 1 + p.Rows*holder.Requests(im.vendor.Traits(), im.directory.Lists()) // who has addresses that no contact has
	}
	if _, displaces := im.vendor.(crm.Displacer[C]); displaces { // who has what a step gives is read before
		p.LookUps += im.writes(0)
		if im.o.From == modes.FromPlan { // and is compared with whom the plan saw
			p.LookUps += im.writes(0)
		}
	}
	if !im.o.DryRun {
		p.Writes = im.writes(p.Rows)
	}
	return p
}
