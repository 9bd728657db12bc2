package transport

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// logged logs each request. Of the query only the names are logged: the values are people's e-mail addresses.
type logged struct {
	next http.RoundTripper
	log  *slog.Logger // nil: no log
	hide *redactor
}

func (l logged) RoundTrip(req *http.Request) (*http.Response, error) {
	if l.log == nil || !l.log.Enabled(req.Context(), slog.LevelDebug) {
		return l.next.RoundTrip(req)
	}
	start := time.Now()
	resp, err := l.next.RoundTrip(req)
	attrs := []slog.Attr{
		slog.String("method", req.Method),
		slog.String("path", l.hide.Replace(req.URL.Path)),
		slog.Duration("duration", time.Since(start).Round(time.Millisecond)),
	}
	if names := slices.Sorted(maps.Keys(req.URL.Query())); len(names) > 0 {
		attrs = append(attrs, slog.String("query", strings.Join(names, ",")))
	}
	if err != nil {
		attrs = append(attrs, slog.String("error", l.hide.Replace(err.Error())))
	} else {
		attrs = append(attrs, slog.Int("status", resp.StatusCode))
	}
	l.log.LogAttrs(context.WithoutCancel(req.Context()), slog.LevelDebug, "request", attrs...)
	return resp, err
}
