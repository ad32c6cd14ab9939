using Sigma.Backends;
using Sigma.Templates;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>The templates of a target: names are strict, what is optional works, and what they may use has limits.</summary>
public sealed class OwnTargetTemplatesTests
{
    private const string Formats = "options: {index: {default: main, description: d}}\nformats: {a: {description: d, template: a.scriban}}\n";

    /// <summary>What does not write the query is not read; these templates are about something else.</summary>
    private const string Query = "#{{ query }}";

    private const string Written = "#a = 'x'";

    private static OwnTarget Of(string template, params (string Path, string Text)[] files) =>
        new(OwnTarget.Plain + Formats, [("formats/a.scriban", template + Query), .. files]);

    [Theory]
    [InlineData("{{ qurey }}", "SIG0510", "qurey")]
    [InlineData("a\n  {{ rule.titel }}", "SIG0510", "titel")]
    [InlineData("{{ option.indx }}", "SIG0510", "indx")]
    [InlineData("{{ if qurey != '' }}x{{ end }}", "SIG0510", "qurey")]
    [InlineData("{{ func f(a) }}{{ b }}{{ end }}{{ f 1 }}", "SIG0510", "b")]
    [InlineData("{{ include 'none.scriban' }}", "SIG0502", "'none.scriban'")]
    [InlineData("{{ for x in }}", "SIG0509", null)]
    [InlineData("{{ for x in rule.tags; x = x | string.strip; x; end }}", "SIG0514", "x")]
    [InlineData("{{ for x in rule.tags; if x != ''; x += 'a'; end; x; end }}", "SIG0514", "x")]
    public void A_mistake_that_can_be_seen_is_found_when_the_target_is_read(string template, string code, string? at) =>
        Of(template).Findings().Should().ContainSingle(d => d.Code.Id == code).Which.Span!.Value
            .Should().Match<Span>(span => span.Source.Path == "own/formats/a.scriban" && (at == null || Given.Text(span) == at));

    [Theory]
    [InlineData("", false)]
    [InlineData("index={{ option.index }}", false)]
    [InlineData("{{ include 'b.scriban' }}", false)]
    [InlineData("{{ rule.title }} {{ query }}", true)]
    [InlineData("{{ include 'c.scriban' }}", true)]
    [InlineData("{{ f(t) = t + query }}{{ f 'a' }}", true)]
    [InlineData("{{ _ = query }}", false)]
    [InlineData("{{ q = query }}index={{ option.index }}", false)]
    [InlineData("{{ capture q }}{{ query }}{{ end }}search *", false)]
    [InlineData("{{ if query != '' }}search *{{ end }}", false)]
    [InlineData("{{ query | string.size }}", false)]
    [InlineData("{{ query | string.sha256 }}", false)]
    [InlineData("{{ query | string.slice 0 30 }}", false)]
    [InlineData("{{ query | string.truncate 30 }}", false)]
    [InlineData("{{ query | string.truncate 500 }}", false)]
    [InlineData("https://k/app/discover/{{ query | string.base64_encode }}", true)]
    [InlineData("POST /ap/{{ query | string.base64_encode }}", true)]
    [InlineData("POST /a/{{ query | string.base64_encode }}", true)]
    [InlineData("{{ query | regex.replace '(.{8})' '$1 \\\n' }}", true)]
    [InlineData("{{ rule.level == 'low' ? '*' : query }}", false)]
    [InlineData("{{ rule.author ? query : '*' }}", false)]
    [InlineData("{{ correlation ? '*' : query }}", true)]
    [InlineData("{{ query | string.upcase }}", false)]
    [InlineData("{{ query | string.downcase }}", false)]
    [InlineData("{{ for x in [query] }}{{ x }}{{ end }}", true)]
    [InlineData("{{ query | string.base64_encode }}", true)]
    [InlineData("{{ query | json }}", true)]
    [InlineData("{{ refuse 'not today' }}{{ _ = query }}", true)]
    [InlineData("{{ if rule.level == 'high' }}{{ query }}{{ end }}", true)]
    [InlineData("{{ if state.table }}{{ query }}{{ else }}{{ refuse 'no table' }}{{ end }}", true)]
    public void A_template_that_does_not_write_the_query_is_refused(string template, bool isRead)
    {
        var target = new OwnTarget(OwnTarget.Plain + Formats, ("formats/a.scriban", template), ("formats/b.scriban", "b"), ("formats/c.scriban", "{{ query }}"));

        target.Findings().Select(d => (d.Code.Id, d.Span!.Value.Source.Path)).Should().Equal(isRead ? [] : [("SIG0503", "own/formats/a.scriban")]);
    }

    [Fact]
    public void A_template_that_writes_nothing_for_a_rule_refuses_it() =>
        new OwnTarget(OwnTarget.Plain + Formats, ("formats/a.scriban", "{{ if rule.level == 'high' }}{{ query }}{{ end }}")).Convert("{a: x}").Diagnostics.Should().ContainSingle(d => d.Severity == Severity.Error).Which.Code.Id.Should().Be("SIG0610");

    [Theory]
    [InlineData("correlations: {event_count: 'count by {{ correlation.group }}'}\n", "SIG0503")]
    [InlineData("correlations: {event_count: '{{ query }} | count'}\n", null)]
    [InlineData("correlations: {temporal: '{{ for one in searches }}{{ one.query }}{{ end }}'}\n", null)]
    [InlineData("correlations: {event_count: '{{ if query }}count by {{ correlation.group }}{{ end }}'}\n", "SIG0503")]
    [InlineData("correlations: {temporal: '{{ searches[0].query }} | count'}\n", "SIG0503")]
    [InlineData("correlations: {temporal: '{{ query }} | count'}\n", "SIG0503")]
    [InlineData("correlations: {temporal_ordered: '{{ searches.size }}'}\n", "SIG0503")]
    [InlineData("correlations: {event_count: '{{ query }} | count'}\ncorrelation_searches: true\n", "SIG0503")]
    [InlineData("correlations: {value_count: '{{ if searches.size > 0; refuse \"one only\"; end }}{{ query }} | count'}\ncorrelation_searches: true\n", null)]
    [InlineData("formats: {a: {description: d, document: {template: d.scriban}}}\n", "SIG0503")]
    public void A_template_of_counts_or_of_a_document_writes_what_it_is_given(string part, string? code) =>
        new OwnTarget(OwnTarget.Plain + part, ("formats/d.scriban", "x")).Findings().Select(d => d.Code.Id).Should().Equal(code is null ? [] : [code]);

    [Fact]
    public void A_name_beside_a_loop_may_be_assigned_in_it_and_behind_it() =>
        Of("{{ y = ''; for x in ['a', 'b']; y = y + x; end; x = y; x }}").Query("{a: x}").Should().Be("ab" + Written);

    [Theory]
    [InlineData("{{ include 'b.scriban' }}", "{{ include 'a.scriban' }}", true)]
    [InlineData("{{ include 'a.scriban' }}", "", true)]
    [InlineData("{{ if query == '' }}{{ include 'b.scriban' }}{{ end }}", "{{ include 'a.scriban' }}", false)]
    [InlineData("{{ include 'b.scriban' }}", "{{ for x in [] }}{{ include 'a.scriban' }}{{ end }}", false)]
    public void A_template_that_always_includes_itself_is_refused(string first, string second, bool isRefused) =>
        Of(first, ("formats/b.scriban", second)).Findings().Any(d => d.Code.Id == "SIG0509").Should().Be(isRefused);

    [Theory]
    [InlineData("'none' + '.scriban'", "none.scriban")]
    [InlineData("'..' + '/x.scriban'", "../x.scriban")]
    public void A_template_that_is_not_there_is_named(string name, string shown) =>
        Of($"{{{{ include ({name}) }}}}").Convert("{a: x}").Diagnostics.Should().ContainSingle(d => d.Code.Id == "SIG0610").Which.Message.Should().Contain($"'{shown}'");

    // Unicode 3.9: half of a surrogate pair is no character.
    [Theory]
    [InlineData("string.slice 0 2", "a")]
    [InlineData("string.slice 2 3", "bc")]
    [InlineData("string.slice 0 3", "a\U0001f600")]
    [InlineData("string.truncate 3 '-'", "a-")]
    public void A_text_is_not_cut_inside_a_character(string cut, string expected) =>
        Of($"{{{{ 'a\U0001f600bc' | {cut} }}}}").Query("{a: x}").Should().Be(expected + Written);

    [Fact]
    public void A_mistake_in_an_included_template_is_told_there() =>
        Of("{{ include 'b.scriban' }}", ("formats/b.scriban", "{{ qurey }}")).Findings().Should().ContainSingle(d => d.Code.Id == "SIG0510")
            .Which.Span!.Value.Source.Path.Should().Be("own/formats/b.scriban");

    [Theory]
    [InlineData("{{ x = {}\n x.a }}", "a")]
    [InlineData("{{ query.siez }}", "siez")]
    [InlineData("{{ rule.tags.frist }}", "frist")]
    [InlineData("{{ include ('none' + '.scriban') }}", null)]
    [InlineData("{{ with rule }}{{ titel }}{{ end }}", "titel")]
    [InlineData("{{ string.upcas query }}", "upcas")]
    [InlineData("{{ refuse }}", null)]
    public void A_mistake_that_shows_when_a_query_is_made_has_its_place_in_the_template(string template, string? at)
    {
        Diagnostic found = Of(template).Convert("{a: x}").Diagnostics.Should().ContainSingle(d => d.Code.Id == "SIG0610").Subject;

        found.Span!.Value.Source.Path.Should().Be("own/formats/a.scriban");
        (at is null || found.Span.Value.Characters.ToString() == at).Should().BeTrue("it is " + found.Span.Value.Characters.ToString());
    }

    [Theory]
    [InlineData("{{ rule.description }}|{{ rule.author ?? '-' }}", "|-")]
    [InlineData("{{ state.table ?? 'none' }}{{ frame.x }}", "none")]
    [InlineData("{{ option.index }}", "main")]
    [InlineData("{{ names = { 'low': 1 }\n names[rule.level] ?? 0 }}", "0")]
    [InlineData("{{ func f(text) }}{{ ret text + text }}{{ end }}{{ f 'a' }}", "aa")]
    [InlineData("{{ f(t) = t + 'b' }}{{ f 'a' }}", "ab")]
    [InlineData("{{ capture c }}x{{ end }}{{ c }}", "x")]
    [InlineData("{{ for t in ['a', 'b'] }}{{ t }}{{ if !for.last }},{{ end }}{{ end }}", "a,b")]
    [InlineData("{{ for entry in option }}{{ entry.key }}={{ entry.value }}{{ end }}", "index=main")]
    [InlineData("-{{ for entry in state }}{{ entry.key }}{{ end }}", "-")]
    [InlineData("{{ include 'b.scriban' }}{{ made }}", "1")]
    [InlineData("{{ correlation ? correlation.type : 'plain' }}", "plain")]
    [InlineData("{{ ['a', 'b'] | json }}{{ 5 | json }}{{ null | json }}", "[\"a\", \"b\"]\"5\"\"\"")]
    public void What_is_there_or_optional_works(string template, string expected) =>
        Of(template, ("formats/b.scriban", "{{ made = 1 }}")).Query("{a: x}").Should().Be(expected + Written);

    [Fact]
    public void A_template_refuses_a_plain_rule_in_its_own_words() =>
        Of("{{ refuse 'no table is known' }}").Convert("{a: x}").Diagnostics.Should().ContainSingle(d => d.Severity == Severity.Error)
            .Which.Should().Match<Diagnostic>(d => d.Code.Id == "SIG0601" && d.Message.EndsWith("this rule: no table is known"));

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("{{ 1 | math.format 'D999999999' }}", "characters in one text")]
    [InlineData("{{ 1 | object.format 'N999999999' }}", "characters in one text")]
    [InlineData("{{ 'a' * 2000000000 }}", "characters in one text")]
    [InlineData("{{ string.pad_left 'a' 2000000000 }}", "characters in one text")]
    [InlineData("{{ string.pad_right 'a' 2000000000 }}", "characters in one text")]
    [InlineData("{{ s = 'a' * 10000000\n for i in 1..40; s = s + s; end }}", "characters in one text")]
    [InlineData("{{ s = '&' * 10000000\n for i in 1..9; s = html.escape s; end }}", "characters in one text")]
    [InlineData("{{ s = 'a' * 10000000\n string.replace s 'a' s }}", "characters in one text")]
    [InlineData("{{ s = 'a' * 10000000\n regex.replace s '^a' s }}", "characters in one text")]
    [InlineData("{{ s = 'a' * 10000000\n array.join [s, s, s, s] '' }}", "characters in one text")]
    [InlineData("{{ for i in 1..2000000000; end }}", "steps of its loops")]
    [InlineData("{{ (1..2000000000) | array.size }}", "steps of its loops")]
    [InlineData("{{ while true; end }}", "steps of its loops")]
    [InlineData("{{ for i in 1..100000; for j in 1..100000; end; end }}", "steps of its loops")]
    [InlineData("{{ a = []\n a[2000000000] = 1 }}", "steps of its loops")]
    [InlineData("{{ func f(n); f n; end\n f 1 }}", "calls inside one another")]
    [InlineData("{{ if query != '' }}{{ include 'a.scriban' }}{{ end }}", "calls inside one another")]
    [InlineData("{{ x = 3\n for i in 1..40; x = x * x; end }}", "a number of about a million bits")]
    [InlineData("{{ 1 << 2000000000 }}", "a number of about a million bits")]
    [InlineData("{{ a = {}\n a.b = a\n a | json }}", "maps and lists inside one another")]
    [InlineData("{{ a = {}\n a.b = a\n a }}", "maps and lists inside one another")]
    [InlineData("{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex.match '^(a+)+$' }}", "for one regular expression")]
    [InlineData("{{ for i in 1..900000; 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'; end }}", "characters of output")]
    [InlineData("{{ s = 'ba' * 2000000\n a = []\n for i in 1..60; a = array.add a (string.split s 'a'); end }}", "of memory")]
    [InlineData("{{ a = []\n for i in 1..2000; a = array.add a ('a' * 1000000 + i); end }}", "of memory")]
    public void What_a_template_may_use_has_limits(string template, string limit) =>
        // On a busy machine the time must not be the first that is used up.
        Of(template).Within(Limits.Default.With(Limits.TemplateTime, 3_600)).Convert("{a: x}").Diagnostics.Should().ContainSingle(d => d.Severity == Severity.Error)
            .Which.Should().Match<Diagnostic>(d => d.Code.Id == "SIG0623" && d.Message.EndsWith(limit) && d.Span!.Value.Source.Path == "own/formats/a.scriban");

    [Fact]
    public void A_template_that_branches_without_end_runs_out_of_time()
    {
        var context = new BoundedTemplateContext(TemplateLimits.OfOne(Limits.Default) with { Time = TimeSpan.FromMilliseconds(300) }, strictMembers: true);

        context.Render(Scriban.Template.Parse("{{ func f(n); ret n < 1 ? 1 : f(n - 1) + f(n - 1); end; f 60 }}"), out TemplateFailure? failure).Should().BeNull();

        failure!.Limit.Should().EndWith(" s");
    }

    [Theory]
    [InlineData("{document: {}}", "SIG0502", "template")]
    [InlineData("{document: {template: a.scriban, queries: 5}}", "SIG0503", "queries")]
    [InlineData("{document: {template: a.scriban, size: n}}", "SIG0501", "size")]
    [InlineData("{document: {template: a.scriban}, template: a.scriban}", "SIG0503", "template")]
    [InlineData("{document: {template: none.scriban}}", "SIG0502", "none.scriban")]
    public void A_document_is_checked(string keys, string code, string named) =>
        new OwnTarget(OwnTarget.Plain + $"options: {{n: {{default: '2', description: d}}}}\nformats: {{f: {{description: d, {keys[1..]}}}\n", ("formats/a.scriban", "x")).Findings()
            .Should().Contain(d => d.Severity == Severity.Error && d.Code.Id == code && d.Message.Contains(named));

    [Fact]
    public void A_document_has_statements_and_no_rule()
    {
        OwnTarget Written(string template) => new(
            OwnTarget.Plain + "options: {n: {default: '2', description: d}}\nformats: {f: {description: d, document: {template: a.scriban, queries: n}}}\n", ("formats/a.scriban", template));

        Written("{{ for s in statements }}{{ s.category }}:{{ s.condition ?? 'none' }}:{{ s.fields | array.join ',' }}:{{ for q in s.queries }}{{ q.text }} {{ q.rule.title | quoted }}{{ end }}{{ end }}")
            .Query("{a: x, b: y}").Should().Be("test:(a = 'x' AND b = 'y'):a,b:* 'T'");
        Written("{{ rule.title }}{{ statements }}").Convert("{a: x}").Diagnostics.Should().ContainSingle(d => d.Severity == Severity.Error).Which.Code.Id.Should().Be("SIG0610");
    }

    [Fact]
    public void The_members_that_are_checked_are_those_there_are()
    {
        string rule = "{{ for entry in rule }}{{ entry.key }} {{ end }}";

        Of(rule).Query("{a: x}")!.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Should().BeEquivalentTo(RenderValues.RuleMembers);
        new OwnTarget(OwnTarget.Plain + "correlations: {event_count: '{{ for entry in correlation }}{{ entry.key }} {{ end }}" + Query + "'}\n")
            .Query("{a: x}", "s | count() > 1")!.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Should().BeEquivalentTo(CorrelationObjects.Members);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void The_built_in_templates_have_no_name_that_nothing_gives()
    {
        string backends = Path.Combine(Repository.Root, "backends");
        IReadOnlyList<BackendFolder> folders = BackendFolder.Open(backends);
        folders.Should().HaveCountGreaterThan(5);
        foreach (BackendFolder folder in folders.Where(folder => !folder.IsAbstract))
        {
            var diagnostics = new List<Diagnostic>();
            new BackendCatalog(folders).Read(folder.Name, new Dictionary<string, string>(), diagnostics);
            // The public pipeline has these names besides the right ones.
            diagnostics.Where(d => Given.Text(d.Span) is not ("driver_loaded" or "image_loaded")).Select(d => $"{folder.Name}: {d.Message} {Given.Place(d.Span)} {d.Span!.Value.Source.Path}").Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData("extends: plain\n", "a = 'x'")]
    [InlineData("", "`a` = 'x'", "  plain: ~")]
    public void What_is_inherited_can_be_taken_away(string definition, string expected, string? instead = null) =>
        new OwnTarget(instead is null ? definition : "extends: plain\nfields:\n" + instead + "\n").With(("plain", OwnTarget.Plain)).Query("{a: x}").Should().Be(expected);

    [Theory]
    [InlineData("shapes: {'null': ~}", "SIG0601")]
    [InlineData("shapes: {'null': null}", "SIG0601")]
    public void A_kind_that_is_taken_away_is_refused(string part, string code) =>
        new OwnTarget("extends: plain\n" + part + "\n").With(("plain", OwnTarget.Plain)).Convert("{a: null}").Diagnostics.Should().Contain(d => d.Code.Id == code);

    [Fact]
    public void What_must_be_there_cannot_be_taken_away() =>
        new OwnTarget("extends: plain\nexpression: {or: ~}\n").With(("plain", OwnTarget.Plain)).Findings().Should().Contain(d => d.Code.Id == "SIG0502");
}
