package cli

import (
	"context"
	"errors"
	"fmt"

	"crmferry/exporter"
	"crmferry/internal/cli/advice"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
	"crmferry/mapping"
	"crmferry/mapping/match"
)

// exportJob is one export under way.
type exportJob struct {
	*exportRequest
	app     *app
	target  exportTarget
	guard   *exportGuard
	conn    *connection
	work    *exportRun
	columns []mapping.ExportColumn // those that are written

	exporter exporter.Session
	table    write.Table
	progress job.Progress
	met      int // contacts so far
}

// export writes every contact into a file.
func (a *app) export(ctx context.Context, q *exportRequest) (*exportResult, error) {
	j := &exportJob{exportRequest: q, app: a, target: exportTarget{stdout: a.ui.Out}}
	if !q.File.ToStdout() {
		var err error
		if j.target.output, err = a.jobEnv().Output(state.ExportOutput, q.File.Path, q.Overwrite, q.Resource.ExportColumns()...); err != nil {
			return nil, err
		}
	}
	a.tuneMemory()
	defer j.close()
	ctx, release := a.interruptible(ctx)
	defer release()
	if err := j.open(ctx); err != nil {
		return nil, err
	}
	return j.run(ctx)
}

func (j *exportJob) close() {
	if j.table != nil {
		j.table.Discard()
	}
	j.target.abort()
	j.work.close()
	j.conn.Close()
}

// open finds out what is asked for, reaches for the account and takes its lock. Nothing is sent.
func (j *exportJob) open(ctx context.Context) error {
	if err := j.chooseColumns(); err != nil {
		return err
	}
	if err := j.checkList(); err != nil {
		return err
	}
	var err error
	if j.conn, err = j.app.connect(j.Resource, j.Connect); err != nil {
		return err
	}
	if j.guard, err = newExportGuard(j.exportRequest); err != nil {
		return err
	}
	j.exporter, err = j.Resource.Exporter(j.conn.Connection.Connection, exporter.Options{Query: j.Query, Columns: j.Columns, Words: advice.Hint, Limit: j.Limit, Since: j.Since, Workers: j.conn.Workers,
		Noun: j.Resource.Name(), AllowUnproven: j.AllowUnproven})
	if err != nil {
		return err
	}
	j.work, err = j.app.newExportRun(ctx, j.exportRequest, j.conn)
	return err
}

// chooseColumns finds the columns that are written.
func (j *exportJob) chooseColumns() (err error) {
	j.columns, err = j.Resource.Columns(j.Columns, advice.Hint)
	var m *match.Error
	if errors.As(err, &m) {
		return failure.Usage(m.Hint, "%s", m.Message)
	}
	return err
}

// checkList refuses a resource that cannot be listed, and one of which nothing tells what has changed where that is asked.
func (j *exportJob) checkList() error {
	if !j.Resource.Capabilities(j.Connect.undocumented).List {
		return failure.New(failure.ExitUsage, fmt.Errorf("export %s: %w", j.Resource.ID(), exporter.ErrNoList))
	}
	if !j.Since.IsZero() && !j.Resource.HasChangeDate() {
		return failure.New(failure.ExitUsage, fmt.Errorf("export %s: %w", j.Resource.ID(), exporter.ErrNoChangeDate))
	}
	return nil
}

// plan is what is about to be done.
func (j *exportJob) plan() exportPlan {
	return exportPlan{Resource: j.Resource, File: j.File, Columns: j.columns, Filters: j.Query.Filters, Since: j.Since, Limit: j.Limit,
		Sandbox: j.Connect.sandbox, Undocumented: j.Connect.undocumented, Base: j.conn.Base(), Pace: j.conn.Pace}
}

// result is what was done so far.
func (j *exportJob) result(s *exporter.Summary, stats write.Stats) *exportResult {
	return &exportResult{exportPlan: j.plan(), Started: j.Started, Run: j.work.id(), Summary: *s, Stats: stats, Output: j.target.output,
		Requests: j.conn.Transport().Requests()}
}

// run says what will be done, does it, and gives the file its name once it is complete.
func (j *exportJob) run(ctx context.Context) (*exportResult, error) {
	plan := j.plan()
	for _, line := range exportPlanLines(&plan) {
		j.app.ui.Notef("%s", line)
	}
	if err := j.confirm(ctx); err != nil {
		return nil, j.explain(ctx, err)
	}
	if err := j.begin(); err != nil {
		return nil, err
	}
	s, err := j.read(ctx)
	var stats write.Stats
	if err == nil {
		stats, err = j.finish(s)
	}
	end, code := history.Finished, failure.ExitOK
	if err != nil {
		end, code = history.Stopped, failure.Explain(j.explain(ctx, err)).Code
	}
	if noteErr := j.work.note(end, stats.Rows, code, j.app.now()); noteErr != nil {
		err = errors.Join(err, noteErr)
	}
	if err != nil {
		return nil, j.explain(ctx, err)
	}
	return j.result(s, stats), nil
}

// begin starts the file, and notes that the export runs.
func (j *exportJob) begin() error {
	out, err := j.target.open()
	if err != nil {
		return err
	}
	if j.table, err = write.NewTable(out, j.File.Format, j.tableOptions(&j.conn.Env, j.columns)); err != nil {
		return err
	}
	if j.File.ToStdout() && j.app.ui.OutTTY {
		j.table = shownTable{j.table}
	}
	return j.work.note(history.Running, 0, failure.ExitOK, j.app.now())
}

// read reads the list into the table.
func (j *exportJob) read(ctx context.Context) (*exporter.Summary, error) {
	j.progress = j.conn.Progress("contact", 0, j.conn.Connection)
	defer j.progress.Done()
	return j.exporter.Run(ctx, j.table, &exportMeter{job: j})
}

// finish completes the file and puts it in its place.
func (j *exportJob) finish(s *exporter.Summary) (write.Stats, error) {
	if err := j.guard.check(int64(s.Contacts)); err != nil {
		return write.Stats{}, err
	}
	j.table.About(exportAbout(j.result(s, write.Stats{}), userAgent()))
	stats, err := j.table.Close()
	if err != nil {
		return stats, fmt.Errorf("write %q: %w", j.File.Path, err)
	}
	return stats, j.target.commit(j.Started)
}
