using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>The transformations of names of fields (docs/pipelines.md, "Fields").</summary>
public class FieldTransformationTests
{
    [Fact]
    public void Transformation_field_name_mapping_renames_to_one_or_any_of_several()
    {
        PipedRule.Through("{a: 1, b: 2, c: 3}", "{type: field_name_mapping, mapping: {a: x, b: [y, z]}}").Rule.Should().Be("(x=1 and (y=2 or z=2) and c=3)");
        PipedRule.Through("{b|neq: 2}", "{type: field_name_mapping, mapping: {b: [y, z]}}").Rule.Should().Be("(not y=2 and not z=2)");
    }

    [Theory]
    [InlineData("b|contains|all: [v, w]", "((y='*v*' or z='*v*') and (y='*w*' or z='*w*'))")]
    [InlineData("b|contains: [v, w]", "(y='*v*'|'*w*' or z='*v*'|'*w*')")]
    [InlineData("b|contains|all: [v]", "(y=all '*v*' or z=all '*v*')")]
    [InlineData("b|contains|all|neq: [v, w]", "((not y='*v*' and not z='*v*') or (not y='*w*' and not z='*w*'))")]
    public void Transformation_field_name_mapping_looks_for_each_of_all_values_in_any_field_where_it_says_so(string item, string expected) =>
        PipedRule.Through($"{{{item}}}", "{type: field_name_mapping, mapping: {b: [y, z]}, each_value: true}").Rule.Should().Be(expected);

    [Fact]
    public void Transformation_field_name_mapping_looks_for_keywords_in_the_field_of_null() =>
        PipedRule.Through("[foo, 5]", "{type: field_name_mapping, mapping: {null: message}}").Rule.Should().Be("message='*foo*'|'*5*'");

    [Fact]
    public void Transformation_field_name_mapping_looks_for_each_of_all_keywords_in_any_of_several_fields() =>
        PipedRule.Through("{'|all': [foo, bar]}", "{type: field_name_mapping, mapping: {null: [m, n]}}").Rule
            .Should().Be("((m='*foo*' or n='*foo*') and (m='*bar*' or n='*bar*'))");

    [Fact]
    public void Transformation_field_name_mapping_renames_field_references_and_shown_fields()
    {
        PipedRule.Through("{a|fieldref: b}", "{type: field_name_mapping, mapping: {b: x}}").Rule.Should().Be("a=->x");
        PipedRule.Through("{a: 1}", "{type: set_field, fields: [a, b]}", "{type: field_name_mapping, mapping: {a: [x, y]}}")
            .Run.Rule.Metadata.Fields.Should().Equal("x", "y", "b");
    }

    [Fact]
    public void Transformation_field_name_mapping_cannot_split_the_field_of_a_count()
    {
        var diagnostics = new List<Diagnostic>();
        Pipeline pipeline = PipelineReader.Read(new SourceText("p.yml", "transformations: [{type: field_name_mapping, mapping: {n: [x, y]}}]"), "p", diagnostics)!;
        new PipelineRun(Given.Rule("sel: {f: 1}\ncondition: sel | sum(n) > 5\n"), diagnostics).Apply([pipeline]);
        diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be("SIG0414");
    }

    [Fact]
    public void Transformation_field_name_prefix_mapping_takes_the_first_prefix_that_fits() =>
        PipedRule.Through("{win.a: 1, win: 2, x: 3}", "{type: field_name_prefix_mapping, mapping: {win.: [e., f.], wi: W}}").Rule
            .Should().Be("((e.a=1 or f.a=1) and Wn=2 and x=3)");

    [Fact]
    public void Transformation_field_name_prefix_mapping_has_no_prefix_null() =>
        PipedRule.Through("{a: 1}", "{type: field_name_prefix_mapping, mapping: {null: x}}").Findings.Should().Be("SIG0409 {null: x}");

    [Theory]
    [InlineData("lower", "parentprocessid")]
    [InlineData("upper", "PARENTPROCESSID")]
    [InlineData("snake_case", "parent_process_id")]
    public void Transformation_field_name_transform_changes_the_case(string method, string expected) =>
        PipedRule.Through("{ParentProcessId: 1, b: 2}", $"{{type: field_name_transform, transform_func: {method}, mapping: {{b: Kept}}}}").Rule
            .Should().Be($"({expected}=1 and Kept=2)");

    [Fact]
    public void Transformation_field_name_transform_maps_keywords_only_where_asked()
    {
        PipedRule.Through("[foo]", "{type: field_name_transform, transform_func: lower, mapping: {null: m}}").Rule.Should().Be("='foo'");
        PipedRule.Through("[foo]", "{type: field_name_transform, transform_func: lower, mapping: {null: m}, apply_keyword: true}").Rule.Should().Be("m='*foo*'");
        PipedRule.Through("[foo]", "{type: field_name_transform, transform_func: lower, apply_keyword: true}").Findings.Should().Be("SIG0407 true");
    }

    [Fact]
    public void Transformation_field_name_transform_says_which_functions_there_are() =>
        PipedRule.Through("{a: 1}", "{type: field_name_transform, transform_func: 'lambda f: f'}").Sentences.Should().Contain("one of lower, upper, snake_case");

    [Fact]
    public void Transformation_field_name_prefix_leaves_keywords_alone()
    {
        PipedRule.Through("{a: 1, '': foo}", "{type: field_name_prefix, prefix: x.}").Rule.Should().Be("(x.a=1 and ='foo')");
        PipedRule.Through("{a: 1}", "{type: field_name_prefix}").Findings.Should().Be("SIG0407 ^{type: field_name_prefix");
    }

    [Fact]
    public void Transformation_field_name_suffix_leaves_keywords_alone()
    {
        PipedRule.Through("{a: 1, '': foo}", "{type: field_name_suffix, suffix: .y}").Rule.Should().Be("(a.y=1 and ='foo')");
        PipedRule.Through("{a: 1}", "{type: field_name_suffix}").Findings.Should().Be("SIG0407 ^{type: field_name_suffix");
    }

    [Fact]
    public void Transformation_add_field_appends_to_the_shown_fields() =>
        PipedRule.Through("{a: 1}", "{type: add_field, field: x}", "{type: add_field, field: [y, x]}").Run.Rule.Metadata.Fields.Should().Equal("x", "y");

    [Fact]
    public void Transformation_remove_field_takes_from_the_shown_fields_what_is_there() =>
        PipedRule.Through("{a: 1}", "{type: set_field, fields: [x, y, z]}", "{type: remove_field, field: [y, n]}", "{type: remove_field, field: z}")
            .Run.Rule.Metadata.Fields.Should().Equal("x");

    [Fact]
    public void Transformation_set_field_replaces_the_shown_fields()
    {
        PipedRule.Through("{a: 1}", "{type: add_field, field: x}", "{type: set_field, fields: [y]}").Run.Rule.Metadata.Fields.Should().Equal("y");
        PipedRule.Through("{a: 1}", "{type: set_field}").Findings.Should().Be("SIG0407 ^{type: set_field");
    }

    [Fact]
    public void Transformation_hashes_fields_splits_by_algorithm_written_or_told_from_the_length()
    {
        string md5 = new('a', 32);
        string sha1 = new('b', 40);
        PipedRule.Through($"{{Hashes: ['MD5={md5}', 'SHA1|{sha1}']}}", "{type: hashes_fields, valid_hash_algos: [MD5, SHA1], field_prefix: File}").Rule
            .Should().Be($"(FileMD5='{md5}' or FileSHA1='{sha1}')");
        PipedRule.Through($"{{Hash: {sha1}}}", "{type: hashes_fields, valid_hash_algos: [MD5, SHA1]}").Rule.Should().Be($"SHA1='{sha1}'");
    }

    [Fact]
    public void Transformation_hashes_fields_drops_wildcards_of_contains_and_keeps_those_of_a_part()
    {
        string imphash = new('c', 32);
        PipedRule.Through($"{{Hashes|contains: 'IMPHASH={imphash}'}}", "{type: hashes_fields, valid_hash_algos: [IMPHASH]}").Rule.Should().Be($"IMPHASH='{imphash}'");
        PipedRule.Through("{Hashes|contains: 'MD5=abc'}", "{type: hashes_fields, valid_hash_algos: [MD5]}").Rule.Should().Be("MD5='abc*'");
    }

    [Fact]
    public void Transformation_hashes_fields_can_name_the_field_by_the_prefix_alone_and_parse_another() =>
        PipedRule.Through($"{{h: '{new string('a', 32)}'}}", "{type: hashes_fields, valid_hash_algos: [MD5], field_prefix: hash, drop_algo_prefix: true, field_to_parse: h}").Rule
            .Should().Be($"hash='{new string('a', 32)}'");

    [Fact]
    public void Transformation_hashes_fields_keeps_all_and_says_what_it_leaves_out()
    {
        string a = new('a', 32);
        PipedRule piped = PipedRule.Through($"{{Hashes|contains|all: ['MD5={a}', 'SHA1={new string('b', 40)}', 'SHA256=x']}}", "{type: hashes_fields, valid_hash_algos: [MD5, SHA1]}");
        piped.Rule.Should().Be($"(MD5=all '{a}' and SHA1=all '{new string('b', 40)}')");
        piped.Findings.Should().Be("SIG0421 'SHA256=x'");
    }

    [Fact]
    public void Transformation_hashes_fields_refuses_a_rule_without_any_valid_hash() =>
        PipedRule.Through("{Hashes: x}", "{type: hashes_fields, valid_hash_algos: [MD5]}").Findings.Should().Be("SIG0421 x; SIG0420 Hashes: x");

    [Fact]
    public void Transformation_extract_fields_makes_an_item_of_each_named_group_and_guesses_its_type() =>
        PipedRule.Through(
            @"{f: ['u=adm*;n=5;z=007;d=1.50;e=null', 'u=b']}",
            @"{type: extract_fields, field_prefix: p, regex: '^u=(?P<u>[^;]*)(;n=(?P<n>\d+);z=(?P<z>\d+);d=(?P<d>[^;]+);e=(?P<e>.*))?$'}").Rule
            .Should().Be("((p.u='adm*' and p.n=5 and p.z='007' and p.d=1.5 and p.e=null) or p.u='b')");

    [Fact]
    public void Transformation_extract_fields_leaves_out_or_preserves_what_does_not_fit()
    {
        PipedRule left = PipedRule.Through("{f: [a1, b]}", "{type: extract_fields, regex: 'a(?P<n>.)'}");
        left.Rule.Should().Be("n=1");
        left.Findings.Should().Be("SIG0421 b");
        PipedRule.Through("{f: [a1, b]}", "{type: extract_fields, regex: 'a(?P<n>.)', preserve_unmatched: true}").Rule.Should().Be("(n=1 or f='b')");
    }

    [Theory]
    [InlineData("{type: field_name_mapping, mapping: {f: ''}}")]
    [InlineData("{type: field_name_mapping, mapping: {f: [a, '']}}")]
    public void Transformation_field_name_mapping_has_no_empty_name(string step) =>
        PipedRule.Through("{f: a}", step).Findings.Should().StartWith("SIG0409");

    [Fact]
    public void Transformation_extract_fields_keeps_case_placeholders_and_lists()
    {
        const string Step = "{type: extract_fields, regex: '^(?P<n>[^/]*)$', preserve_unmatched: true}";
        PipedRule.Through("{f|cased: Ab}", Step).Rule.Should().Be("n='Ab'c");
        PipedRule.Through("{f: [a, b, 'c/d']}", Step).Rule.Should().Be("(n='a'|'b' or f='c/d')");
        PipedRule.Through("{f|all: [a, b]}", Step).Rule.Should().Be("(n='a' and n='b')");
        PipedRule.Through("{f|expand: '%x%'}", Step).Rule.Should().Be("f='%x%'");
    }

    [Fact]
    public void Transformation_extract_fields_turns_a_negated_item_inside_out() =>
        PipedRule.Through("{f|neq: ab}", "{type: extract_fields, regex: '(?P<x>.)(?P<y>.)'}").Rule.Should().Be("(not x='a' or not y='b')");

    [Fact]
    public void Transformation_extract_fields_needs_named_groups() =>
        PipedRule.Through("{f: a}", "{type: extract_fields, regex: '(a)'}").Findings.Should().Be("SIG0409 '(a)'");
}
