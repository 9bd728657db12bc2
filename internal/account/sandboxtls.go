package account

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"time"

	"crmferry/internal/sandbox"
)

// StartSecureSandbox serves a sandbox over TLS, with a certificate that it makes for itself and writes into a temporary
// file for those who are to trust it.
func StartSecureSandbox(addr string, o sandbox.Options) (*Sandbox, error) {
	l, err := listen(addr)
	if err != nil {
		return nil, err
	}
	host, _, _ := net.SplitHostPort(reachable(l.Addr()))
	cert, err := selfSignedCertificate(net.ParseIP(host))
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	file, err := writeCertificate(cert)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	secure := tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12})
	s := serveAt(secure, "https", o)
	s.Certificate = file
	return s, nil
}

// selfSignedCertificate makes a certificate for this machine. Its key stays in memory.
func selfSignedCertificate(ip net.IP) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("make a certificate: %w", err)
	}
	now := time.Now()
	about := &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: "crmferry sandbox"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(30 * 24 * time.Hour),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{ip},
		IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, about, about, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("make a certificate: %w", err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}

// writeCertificate writes a certificate, without its key, into a temporary file.
func writeCertificate(cert tls.Certificate) (string, error) {
	f, err := os.CreateTemp("", "crmferry-sandbox-*.pem")
	if err != nil {
		return "", fmt.Errorf("write the certificate: %w", err)
	}
	err = errors.Join(pem.Encode(f, &pem.Block{Type: "CERTIFICATE", Bytes: cert.Certificate[0]}), f.Close())
	if err != nil {
		return "", errors.Join(fmt.Errorf("write the certificate: %w", err), os.Remove(f.Name()))
	}
	return f.Name(), nil
}
