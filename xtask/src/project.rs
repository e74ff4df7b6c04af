//! Where things are: the paths of one workspace, from its root. Nothing else in this crate knows a path.

use std::path::{Path, PathBuf};

/// A workspace whose schemas are compiled and whose commands are run.
///
/// ```
/// use redis_client_xtask::Project;
///
/// let project = Project::new("/srv/desk");
/// assert!(project.schemas().ends_with("schemas"));
/// ```
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
    library: String,
    generated_rust: PathBuf,
    bindings: PathBuf,
}

impl Project {
    /// The workspace at `root`, laid out like this repository: `schemas/`, and whatever its commands need.
    ///
    /// ```
    /// use redis_client_xtask::Project;
    ///
    /// assert_eq!(Project::new("/srv/desk").root(), std::path::Path::new("/srv/desk"));
    /// ```
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            library: "redis_client".to_owned(),
            generated_rust: ["redis-client", "src", "generated"].iter().collect(),
            bindings: ["schemas", "bindings"].iter().collect(),
        }
    }

    /// The repository this crate was compiled in.
    ///
    /// ```
    /// use redis_client_xtask::Project;
    ///
    /// assert!(Project::of_this_repository().root().join("xtask").is_dir());
    /// ```
    #[must_use]
    pub fn of_this_repository() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::new(manifest.parent().unwrap_or(manifest))
    }

    /// The root of the workspace.
    ///
    /// ```
    /// use redis_client_xtask::Project;
    ///
    /// assert_eq!(Project::new("desk").root(), std::path::Path::new("desk"));
    /// ```
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The directory of the schemas, the source of truth.
    ///
    /// ```
    /// use redis_client_xtask::Project;
    ///
    /// assert_eq!(Project::new("desk").schemas(), std::path::Path::new("desk/schemas"));
    /// ```
    #[must_use]
    pub fn schemas(&self) -> PathBuf {
        self.root.join("schemas")
    }

    /// The same workspace, whose generated items are reached by the path `library`: the examples in their documentation
    /// say so. `redis_client` unless told otherwise.
    ///
    /// ```
    /// use redis_client_xtask::Project;
    ///
    /// assert_eq!(Project::new("desk").with_library("desk_events").library(), "desk_events");
    /// ```
    #[must_use]
    pub fn with_library(mut self, library: impl Into<String>) -> Self {
        self.library = library.into();
        self
    }

    /// The path by which users of the library reach what is generated.
    ///
    /// ```
    /// use redis_client_xtask::Project;
    ///
    /// assert_eq!(Project::new("desk").library(), "redis_client");
    /// ```
    #[must_use]
    pub fn library(&self) -> &str {
        &self.library
    }

    /// The same workspace, whose generated Rust goes to `path`, from the root: a directory of its own in one of its crates.
    ///
    /// ```
    /// use redis_client_xtask::Project;
    ///
    /// let project = Project::new("desk").with_generated_rust("events/src/generated");
    /// assert_eq!(project.generated_rust(), std::path::Path::new("desk/events/src/generated"));
    /// ```
    #[must_use]
    pub fn with_generated_rust(mut self, path: impl Into<PathBuf>) -> Self {
        self.generated_rust = path.into();
        self
    }

    /// The same workspace, whose generated packages of other languages go below `path`, from the root.
    ///
    /// ```
    /// use redis_client_xtask::Project;
    ///
    /// let project = Project::new("desk").with_bindings("packages");
    /// assert_eq!(project.bindings(), std::path::Path::new("desk/packages"));
    /// ```
    #[must_use]
    pub fn with_bindings(mut self, path: impl Into<PathBuf>) -> Self {
        self.bindings = path.into();
        self
    }

    /// The directory that generated Rust goes to, unless `--out` says otherwise.
    ///
    /// ```
    /// use redis_client_xtask::Project;
    ///
    /// let out = Project::new("desk").generated_rust();
    /// assert_eq!(out, std::path::Path::new("desk/redis-client/src/generated"));
    /// ```
    #[must_use]
    pub fn generated_rust(&self) -> PathBuf {
        self.root.join(&self.generated_rust)
    }

    /// The directory that the generated packages of other languages go to, unless `--out` says otherwise.
    ///
    /// ```
    /// use redis_client_xtask::Project;
    ///
    /// let bindings = Project::new("desk").bindings();
    /// assert_eq!(bindings, std::path::Path::new("desk/schemas/bindings"));
    /// ```
    #[must_use]
    pub fn bindings(&self) -> PathBuf {
        self.root.join(&self.bindings)
    }

    /// The directory that builds, downloads and reports go to: `CARGO_TARGET_DIR`, else `target/`.
    ///
    /// ```
    /// use redis_client_xtask::Project;
    ///
    /// assert!(Project::new("desk").target().file_name().is_some());
    /// ```
    #[must_use]
    pub fn target(&self) -> PathBuf {
        match std::env::var_os("CARGO_TARGET_DIR") {
            // A relative one is relative to where cargo was called, which for us is the root.
            Some(dir) if !dir.is_empty() => self.root.join(dir),
            _ => self.root.join("target"),
        }
    }
}
