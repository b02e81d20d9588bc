#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""What is in the package and what it stands on, as SPDX 2.3 JSON (quality S2): sbom.py PROGRAM VERSION > huotang.spdx.json. The parts of the
interface that are built into the program, with the digests by which they were fetched; lists of others among the seed; the libraries that
the program is linked with, by the Debian package each comes from. The moment is SOURCE_DATE_EPOCH."""
import base64, hashlib, json, os, re, subprocess, sys, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT_IN = ('htmx.org', '@tabler/icons')  # of ui/package-lock.json; the rest only builds
LICENCES = {'BSD-0-Clause': '0BSD'}       # as SPDX calls it


def entry(name, version, licence, **more):
    return {'SPDXID': 'SPDXRef-' + re.sub(r'[^A-Za-z0-9.-]', '-', name), 'name': name, 'versionInfo': version, 'licenseConcluded': licence,
            'licenseDeclared': licence, 'downloadLocation': 'NOASSERTION', 'copyrightText': 'NOASSERTION', 'filesAnalyzed': False, **more}


def built_in():
    lock = json.loads((ROOT / 'ui/package-lock.json').read_text())['packages']
    for name in BUILT_IN:
        item = lock['node_modules/' + name]
        kind, digest = item['integrity'].split('-', 1)
        yield entry(name, item['version'], LICENCES.get(item['license'], item['license']),
                    checksums=[{'algorithm': kind.upper(), 'checksumValue': base64.b64decode(digest).hex()}],
                    externalRefs=[{'referenceCategory': 'PACKAGE-MANAGER', 'referenceType': 'purl',
                                   'referenceLocator': f'pkg:npm/{name.replace("@", "%40")}@{item["version"]}'}])


def seeds():
    """Files of the seed that have another licence than ours."""
    for path in sorted((ROOT / 'seed').rglob('*')):
        found = path.is_file() and re.search(rb'SPDX-License-Identifier: (\S+)', path.read_bytes()[:400])
        if found and found[1] != b'MulanPSL-2.0':
            name = str(path.relative_to(ROOT))
            yield entry(name, '1', found[1].decode(), checksums=[{'algorithm': 'SHA256', 'checksumValue': hashlib.sha256(path.read_bytes()).hexdigest()}])


def libraries(program):
    """By the names in the program itself, not by what those need in turn: that is Debian's business."""
    needed = re.findall(r'\(NEEDED\).*\[(\S+)\]', subprocess.run(['readelf', '-d', program], check=True, capture_output=True, text=True).stdout)
    places = dict(re.findall(r'(\S+) => (\S+)', subprocess.run(['ldd', program], check=True, capture_output=True, text=True).stdout))
    paths = sorted({str(Path(places[name]).resolve()) for name in needed if name in places})
    owners = subprocess.run(['dpkg', '-S', *{p for path in paths for p in (path, path.removeprefix('/usr'))}], capture_output=True, text=True).stdout
    for package in sorted({line.split(':', 1)[0] for line in owners.splitlines()}):
        version = subprocess.run(['dpkg-query', '-W', '-f', '${Version}', package], check=True, capture_output=True, text=True).stdout
        yield entry(package, version, 'NOASSERTION', comment=f'licence: /usr/share/doc/{package}/copyright',
                    externalRefs=[{'referenceCategory': 'PACKAGE-MANAGER', 'referenceType': 'purl',
                                   'referenceLocator': f'pkg:deb/debian/{package}@{version}'}])


def main():
    program, version = sys.argv[1:]
    own = entry('huotang', version, 'MulanPSL-2.0',
                checksums=[{'algorithm': 'SHA256', 'checksumValue': hashlib.sha256(Path(program).read_bytes()).hexdigest()}])
    parts, linked = [*built_in(), *seeds()], list(libraries(program))
    relate = lambda kind, items: [{'spdxElementId': own['SPDXID'], 'relationshipType': kind, 'relatedSpdxElement': i['SPDXID']} for i in items]
    moment = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(int(os.environ['SOURCE_DATE_EPOCH'])))
    json.dump({'spdxVersion': 'SPDX-2.3', 'dataLicense': 'CC0-1.0', 'SPDXID': 'SPDXRef-DOCUMENT', 'name': f'huotang-{version}',
               'documentNamespace': f'urn:huotang:{version}:{own["checksums"][0]["checksumValue"]}',
               'creationInfo': {'created': moment, 'creators': ['Tool: tools/package/sbom.py']}, 'packages': [own, *parts, *linked],
               'relationships': [{'spdxElementId': 'SPDXRef-DOCUMENT', 'relationshipType': 'DESCRIBES', 'relatedSpdxElement': own['SPDXID']},
                                 *relate('CONTAINS', parts), *relate('DYNAMIC_LINK', linked)]}, sys.stdout, indent=1)


main()
